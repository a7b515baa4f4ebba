import { entered } from '../../core/decisions/decisions';
import type { EndReason } from '../../core/decisions/reasons';
import { entryFactsOf, type Ending, type Enrollment } from '../../core/enrollments/enrollment';
import type { PastEvent } from '../../core/events/event';
import { exitOf, foundByKey, type ExitCandidate } from '../../core/enrollments/exits';
import type { ContactId, EnrollmentId } from '../../core/ids';
import type { Effect, ImposedEnd, RecordedEvent, Target } from '../../core/events/recorded-event';
import { closeEnrollment } from '../close-enrollment';
import type { IntakeDependencies } from '../dependencies';
import { idsOfPerson } from '../person';
import { journeyOf } from '../journey-of';
import { takeEntryIn } from '../take-entry-in';

/** The effect that an event had. `enrollment` is absent where there is none, which is normal. */
export type Applied = Readonly<{
  id: EnrollmentId;
  event: RecordedEvent & ExitCandidate;
  effect: Effect;
  enrollment?: Enrollment;
}>;

/** The person that is settled, with the enrollments that were read a moment ago. */
export type Settled = Readonly<{
  ids: readonly ContactId[];
  open: Map<EnrollmentId, Enrollment>;
}>;

/**
 * Applies an event to an enrollment. An exit ends it, a refresh replaces its snapshot, an exit
 * beats a refresh. The workflow obeys the effect found. An enrollment that this changes is taken
 * out of `person`.
 */
export async function applyToEnrollment(
  dependencies: IntakeDependencies,
  recorded: RecordedEvent,
  { enrollment: id, effect }: Target,
  person: Settled,
): Promise<Applied> {
  const { store } = dependencies;
  const { open } = person;
  const enrollment = open.get(id) ?? (await store.enrollments.find(recorded.workspace, id));
  if (!enrollment) return { id, event: recorded, effect };
  const isOwn = await isOfOnePerson(dependencies, person.ids, { enrollment, event: recorded });
  const event = isOwn ? recorded : foundByKey(recorded);
  if (effect.kind === 'entered') {
    await store.decisions.record([entered(enrollment, event)]);
    return { id, event, effect, enrollment };
  }
  const verdict = await verdictOn(dependencies, event, { enrollment, effect });
  if (verdict.kind !== 'told') open.delete(id);
  if (!isSame(effect, verdict)) {
    await store.events.setEffect(event.workspace, event.key, { enrollment: id, effect: verdict });
  }
  return { id, event, effect: verdict, enrollment };
}

/** Says whether an event and an enrollment are of one person, the settled or another. */
async function isOfOnePerson(
  dependencies: IntakeDependencies,
  ids: readonly ContactId[],
  { enrollment, event }: Readonly<{ enrollment: Enrollment; event: RecordedEvent }>,
): Promise<boolean> {
  if (enrollment.contact === event.contact) return true;
  if (ids.includes(event.contact)) return ids.includes(enrollment.contact);
  const others = await idsOfPerson(dependencies, event.workspace, event.contact);
  return others.includes(enrollment.contact);
}

function isSame(one: Effect, other: Effect): boolean {
  return one.kind === other.kind && one.kind !== 'exited';
}

type Concerned = Readonly<{ enrollment: Enrollment; effect: Effect }>;

async function verdictOn(
  dependencies: IntakeDependencies,
  event: RecordedEvent & ExitCandidate,
  { enrollment, effect }: Concerned,
): Promise<Effect> {
  if (enrollment.ended) return verdictAfterEnd(dependencies, event, { enrollment, effect });
  if (effect.kind === 'exited' && effect.because) {
    return endEnrollment(dependencies, enrollment, {
      as: effect.as,
      because: effect.because,
      by: event,
    });
  }
  const journey = await journeyOf(dependencies, enrollment);
  const exit = exitOf(journey, entryFactsOf(enrollment), event);
  if (exit) return endEnrollment(dependencies, enrollment, { as: exit.as, by: event });
  if (event.byKey) return effect;
  const earlier = await takeEntryIn(dependencies, event, { enrollment, journey, effect });
  return earlier ? endEnrollment(dependencies, enrollment, earlier) : effect;
}

/** Finishes what a crash interrupted: the end is recorded, and the workflow hears of it. */
async function verdictAfterEnd(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { enrollment, effect }: Concerned,
): Promise<Effect> {
  const { ended } = enrollment;
  if (ended?.by?.event !== event.key && effect.kind !== 'refreshed') return heardTooLate(effect);
  if (!ended || !isExit(ended)) return effect;
  return exitedBy(await closeEnrollment(dependencies, enrollment, ended));
}

/** An imposed end finds the enrollment ended for another reason, which stays. */
function heardTooLate(effect: Effect): Effect {
  const isEndImposed = effect.kind === 'exited' && effect.because;
  return isEndImposed || effect.kind === 'skipped-wait' ? { kind: 'told' } : effect;
}

function isExit({ because }: Ending): boolean {
  return because === 'exit-event' || isImposed(because);
}

function exitedBy({ as, because }: Ending): Effect {
  return { kind: 'exited', as, ...(isImposed(because) && { because }) };
}

function isImposed(because: EndReason): because is ImposedEnd {
  return because === 'merged' || because === 'erased' || because === 'operator';
}

async function endEnrollment(
  dependencies: IntakeDependencies,
  enrollment: Enrollment,
  {
    as,
    because = 'exit-event',
    by,
  }: Pick<Ending, 'as'> & Partial<Pick<Ending, 'because'>> & Readonly<{ by: PastEvent }>,
): Promise<Effect> {
  const { key: event, occurredAt } = by;
  const ending = {
    as,
    because,
    at: dependencies.clock.now(),
    by: { event, occurredAt },
  };
  return exitedBy(await closeEnrollment(dependencies, enrollment, ending));
}

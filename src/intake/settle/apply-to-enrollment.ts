import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import { entered, refreshed } from '../../core/decisions/decisions';
import type { EndReason } from '../../core/decisions/reasons';
import { entryFactsOf, type Ending, type Enrollment } from '../../core/enrollments/enrollment';
import { snapshotOf, type PastEvent } from '../../core/events/event';
import { isNewerThan } from '../../core/events/newer';
import { type EventSearch, exitAmong, exitOf, exitSearchFor } from '../../core/enrollments/exits';
import type { EnrollmentId } from '../../core/ids';
import type { Effect, ImposedEnd, RecordedEvent, Target } from '../../core/events/recorded-event';
import { closeEnrollment } from '../close-enrollment';
import type { IntakeDependencies } from '../dependencies';
import { idsOfPerson } from '../person';
import { journeyOf } from '../journey-of';

/** The effect that an event had. `enrollment` is absent where there is none, which is normal. */
export type Applied = Readonly<{
  id: EnrollmentId;
  event: RecordedEvent;
  effect: Effect;
  enrollment?: Enrollment;
}>;

/**
 * Applies an event to an enrollment. An exit ends it, a refresh replaces its snapshot, an exit
 * beats a refresh. The workflow obeys the effect found. `open` holds the enrollments that were read
 * a moment ago; an enrollment that this changes is taken out.
 */
export async function applyToEnrollment(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { enrollment: id, effect }: Target,
  open: Map<EnrollmentId, Enrollment>,
): Promise<Applied> {
  const { store } = dependencies;
  const enrollment = open.get(id) ?? (await store.enrollments.find(event.workspace, id));
  if (!enrollment) return { id, event, effect };
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

function isSame(one: Effect, other: Effect): boolean {
  return one.kind === other.kind && one.kind !== 'exited';
}

type Concerned = Readonly<{ enrollment: Enrollment; effect: Effect }>;

async function verdictOn(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
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
  return effect.kind === 'refreshed'
    ? refresh(dependencies, event, { enrollment, journey })
    : effect;
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

/**
 * Replaces the snapshot. An order that came before the last `Cart Updated` ends the enrollment the
 * moment that update names its cart.
 */
async function refresh(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { enrollment, journey }: Readonly<{ enrollment: Enrollment; journey: CompiledJourney }>,
): Promise<Effect> {
  const { store } = dependencies;
  if (!isNewerThan(event, enrollment.snapshot)) return { kind: 'refreshed' };
  const stored = await heardOf(dependencies, enrollment, exitSearchFor(journey, enrollment));
  const renewed = { ...entryFactsOf(enrollment), entry: snapshotOf(event) };
  const earlier = exitAmong(journey, renewed, stored);
  if (earlier) {
    const { exit, event: by } = earlier;
    return endEnrollment(dependencies, enrollment, { as: exit.as, by });
  }
  if (await store.enrollments.refresh(enrollment.workspace, enrollment.id, snapshotOf(event))) {
    await store.decisions.record([refreshed(enrollment, event)]);
  }
  return { kind: 'refreshed' };
}

async function heardOf(
  dependencies: IntakeDependencies,
  { workspace, contact }: Enrollment,
  search: EventSearch,
): Promise<readonly PastEvent[]> {
  const ids = await idsOfPerson(dependencies, workspace, contact);
  return dependencies.store.events.ofContact(workspace, ids, search);
}

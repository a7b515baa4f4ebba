import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import { entered, intervened, refreshed } from '../../core/decisions/decisions';
import type { EndReason } from '../../core/decisions/reasons';
import type { Ending, Enrollment } from '../../core/enrollments/enrollment';
import { snapshotOf } from '../../core/events/event';
import { exitNamesOf, exitOf } from '../../core/enrollments/exits';
import type { EnrollmentId } from '../../core/ids';
import type { Effect, ImposedEnd, RecordedEvent, Target } from '../../core/events/recorded-event';
import { closeRow } from '../close-row';
import type { IntakeDependencies } from '../dependencies';
import { idsOfPerson } from '../person';
import { journeyOf } from '../journey-of';

/** What an event did to the row of one target; `row` is absent when there is none, which is a normal answer. */
export type Applied = Readonly<{
  event: RecordedEvent;
  enrollment: EnrollmentId;
  effect: Effect;
  row?: Enrollment;
}>;

/**
 * Applies an event to a row: an exit ends it, a refresh replaces its snapshot, an exit beats a refresh. The effect found is
 * the verdict the workflow obeys. A row that this changes is taken out of `rows`, those that were read a moment ago.
 */
export async function applyToRow(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { enrollment, effect }: Target,
  rows: Map<EnrollmentId, Enrollment>,
): Promise<Applied> {
  const { store } = dependencies;
  const row = rows.get(enrollment) ?? (await store.enrollments.find(event.workspace, enrollment));
  if (!row) return { event, enrollment, effect };
  if (effect.kind === 'entered') {
    await store.decisions.record([entered(row, event)]);
    return { event, enrollment, effect, row };
  }
  if (isByOperator(effect) && event.intervention) {
    await store.decisions.record([intervened(row, event, event.intervention)]);
  }
  const verdict = await verdictOn(dependencies, event, { row, effect });
  if (verdict.kind !== 'told') rows.delete(enrollment);
  if (!isSame(effect, verdict)) {
    await store.events.setEffect(event.workspace, event.key, { enrollment, effect: verdict });
  }
  return { event, enrollment, effect: verdict, row };
}

function isByOperator(effect: Effect): boolean {
  return effect.kind === 'exited' ? effect.because === 'operator' : effect.kind === 'skipped-wait';
}

function isSame(one: Effect, other: Effect): boolean {
  return one.kind === other.kind && one.kind !== 'exited';
}

type Concerned = Readonly<{ row: Enrollment; effect: Effect }>;

async function verdictOn(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { row, effect }: Concerned,
): Promise<Effect> {
  if (row.ended) return verdictAfterEnd(dependencies, event, { row, effect });
  if (effect.kind === 'exited' && effect.because) {
    return endRow(dependencies, row, { as: effect.as, because: effect.because, by: event });
  }
  const journey = await journeyOf(dependencies, row);
  const exit = exitOf(journey, { ...row, entry: row.snapshot }, event);
  if (exit) return endRow(dependencies, row, { as: exit.as, by: event });
  return effect.kind === 'refreshed' ? refresh(dependencies, event, { row, journey }) : effect;
}

/** What a crash interrupted is finished here: the end is recorded, and the workflow hears of it. */
async function verdictAfterEnd(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { row, effect }: Concerned,
): Promise<Effect> {
  const { ended } = row;
  if (ended?.by?.event !== event.key && effect.kind !== 'refreshed') return heardTooLate(effect);
  if (!ended || !isExit(ended)) return effect;
  return exitedBy(await closeRow(dependencies, row, ended));
}

/** What was imposed on a row finds it ended for another reason, which stays. */
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

async function endRow(
  dependencies: IntakeDependencies,
  row: Enrollment,
  {
    as,
    because = 'exit-event',
    by,
  }: Pick<Ending, 'as'> & Partial<Pick<Ending, 'because'>> & Readonly<{ by: RecordedEvent }>,
): Promise<Effect> {
  const { key: event, occurredAt } = by;
  const ending = {
    as,
    because,
    at: dependencies.clock.now(),
    by: { event, occurredAt },
  };
  return exitedBy(await closeRow(dependencies, row, ending));
}

/** An order that came before the last `Cart Updated` ends the enrollment the moment that update names its cart. */
async function refresh(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { row, journey }: Readonly<{ row: Enrollment; journey: CompiledJourney }>,
): Promise<Effect> {
  const { store } = dependencies;
  if (event.occurredAt <= row.snapshot.occurredAt) return { kind: 'refreshed' };
  const names = exitNamesOf(journey);
  const stored = names.length > 0 ? await heardOf(dependencies, row, names) : [];
  const renewed = { ...row, entry: snapshotOf(event) };
  for (const earlier of stored) {
    const exit = exitOf(journey, renewed, earlier);
    if (exit) return endRow(dependencies, row, { as: exit.as, by: earlier });
  }
  if (await store.enrollments.refresh(row.workspace, row.id, snapshotOf(event))) {
    await store.decisions.record([refreshed(row, event)]);
  }
  return { kind: 'refreshed' };
}

async function heardOf(
  dependencies: IntakeDependencies,
  { workspace, contact }: Enrollment,
  names: readonly string[],
): Promise<readonly RecordedEvent[]> {
  const ids = await idsOfPerson(dependencies, workspace, contact);
  return dependencies.store.events.ofContact(workspace, ids, names);
}

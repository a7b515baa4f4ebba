import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import type { Enrollment } from '../../core/enrollments/enrollment';
import { exitNamesOf, exitOf } from '../../core/enrollments/exits';
import { awaitedNamesOf } from '../../core/enrollments/hear';
import type { RecordedEvent, Target } from '../../core/events/recorded-event';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import type { PersonEnrollments } from '../person';
import { journeyOf } from '../journey-of';

/** Rows that were opened while an event was being stored, or whose contact was merged, become its targets. */
export async function findMissedRows(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
  { rows }: PersonEnrollments,
): Promise<readonly RecordedEvent[]> {
  return Promise.all(
    events.map(async (event) => {
      const missing = rows.filter((row) => concerns(row, event)).map(toldTo);
      return missing.length === 0 ? event : withTargets(dependencies, event, missing);
    }),
  );
}

function concerns(row: Enrollment, event: RecordedEvent): boolean {
  if (!row.listens.includes(event.name) || row.enteredBy === event.key) return false;
  return !event.targets.some(({ enrollment }) => enrollment === row.id);
}

function toldTo({ id }: Enrollment): Target {
  return { enrollment: id, effect: { kind: 'told' } };
}

/**
 * Events stored before a row was opened, and heard by it, become told to that row: an order may overtake its own cart. A merge
 * does the same for every open row, since each side may have events that the other's rows hear.
 */
export async function findMissedEvents(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
  household: PersonEnrollments,
): Promise<readonly RecordedEvent[]> {
  if (household.isErased) return [];
  const isMerge = events.some(({ command }) => command?.kind === 'merge');
  const rows = isMerge ? household.rows : openedBy(events, household);
  const found: RecordedEvent[] = [];
  for (const row of rows) found.push(...(await earlierOf(dependencies, row, household)));
  return found;
}

/** Those that are open still. */
function openedBy(
  events: readonly RecordedEvent[],
  { rows }: PersonEnrollments,
): readonly Enrollment[] {
  const opening = events.flatMap(({ targets }) =>
    targets.filter(({ effect, at }) => effect.kind === 'entered' && at === undefined),
  );
  return rows.filter(({ id }) => opening.some(({ enrollment }) => enrollment === id));
}

async function earlierOf(
  dependencies: IntakeDependencies,
  row: Enrollment,
  { ids }: PersonEnrollments,
): Promise<readonly RecordedEvent[]> {
  const { store } = dependencies;
  const journey = await journeyOf(dependencies, row);
  const names = [...new Set([...exitNamesOf(journey), ...awaitedNamesOf(journey)])];
  if (names.length === 0) return [];
  const stored = await store.events.ofContact(row.workspace, ids, names);
  const heard = stored.filter((event) => concerns(row, event) && matters(journey, row, event));
  return Promise.all(heard.map((event) => withTargets(dependencies, event, [toldTo(row)])));
}

/** Adds targets and answers the event as it is stored then. */
async function withTargets(
  { store, clock }: IntakeDependencies,
  event: RecordedEvent,
  targets: readonly Target[],
): Promise<RecordedEvent> {
  const { workspace, key } = event;
  await store.events.addTargets(workspace, key, { targets, nextAt: clock.realNow() + leaseMs });
  return (await store.events.findByKey(workspace, key)) ?? event;
}

/** Intake sees whole events, so it may leave out the exit events that mean nothing for this row. */
function matters(journey: CompiledJourney, row: Enrollment, event: RecordedEvent): boolean {
  if (exitOf(journey, { ...row, entry: row.snapshot }, event)) return true;
  return event.occurredAt >= row.firstEntryAt && awaitedNamesOf(journey).includes(event.name);
}

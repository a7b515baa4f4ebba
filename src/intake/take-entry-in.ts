import type { CompiledJourney } from '../core/journeys/compiled-journey';
import { refreshed } from '../core/decisions/decisions';
import { entryFactsOf, keysOf, type Enrollment } from '../core/enrollments/enrollment';
import { candidatesAmong, exitAmong, exitSearchFor } from '../core/enrollments/exits';
import { entryKeysOf, mostKeys } from '../core/journeys/keys';
import { keyOf } from '../core/enrollments/routes-for';
import { snapshotOf, type PastEvent } from '../core/events/event';
import { isNewerThan } from '../core/events/newer';
import type { Effect, RecordedEvent } from '../core/events/recorded-event';
import type { IntakeDependencies } from './dependencies';
import { idsOfPerson } from './person';

type Entered = Readonly<{ enrollment: Enrollment; journey: CompiledJourney; effect: Effect }>;

/** An exit that an earlier event means, now that a further entry event is known. */
type Found = Readonly<{ as: string; by: PastEvent }>;

/**
 * Takes a further entry event in. Its enrollment gains keys, and a newer snapshot. An order that
 * came before ends the enrollment the moment that an update names its cart. Answers the exit that
 * is found; then the snapshot stays.
 */
export async function takeEntryIn(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { enrollment, journey, effect }: Entered,
): Promise<Found | undefined> {
  const { store } = dependencies;
  const gained = newKeysOf(journey, enrollment, event);
  const isRefresh = effect.kind === 'refreshed' && isNewerThan(event, enrollment.snapshot);
  if (gained.length === 0 && !isRefresh) return undefined;
  const keys = [...keysOf(journey, enrollment), ...gained];
  // Written before the events are read: an order that races this sees the keys.
  if (gained.length > 0) {
    await store.enrollments.addKeys(enrollment.workspace, enrollment.id, keys);
  }
  const entry = isRefresh ? snapshotOf(event) : enrollment.snapshot;
  const found = exitAmong(
    journey,
    { ...entryFactsOf(enrollment), entry, keys },
    await pastOf(dependencies, journey, { ...enrollment, keys }),
  );
  if (found) return { as: found.exit.as, by: found.event };
  if (isRefresh) await refresh(dependencies, event, enrollment);
  return undefined;
}

/** The keys that an entry event adds to its enrollment, while there is room. */
function newKeysOf(
  journey: CompiledJourney,
  enrollment: Enrollment,
  event: RecordedEvent,
): readonly string[] {
  if (!journey.entry.events.includes(event.name)) return [];
  if (keyOf(journey, { properties: event.properties }) !== enrollment.key) return [];
  const known = keysOf(journey, enrollment);
  const gained = entryKeysOf(journey, event).filter((key) => !known.includes(key));
  return gained.slice(0, Math.max(0, mostKeys - known.length));
}

async function pastOf(
  dependencies: IntakeDependencies,
  journey: CompiledJourney,
  enrollment: Enrollment,
) {
  const { events } = dependencies.store;
  const { workspace, contact, keys = [] } = enrollment;
  const ids = await idsOfPerson(dependencies, workspace, contact);
  const [own, keyed] = await Promise.all([
    events.ofContact(workspace, ids, exitSearchFor(journey, enrollment)),
    events.ofKeys(workspace, keys),
  ]);
  return candidatesAmong<PastEvent>(own, keyed);
}

async function refresh(
  { store }: IntakeDependencies,
  event: RecordedEvent,
  enrollment: Enrollment,
): Promise<void> {
  if (await store.enrollments.refresh(enrollment.workspace, enrollment.id, snapshotOf(event))) {
    await store.decisions.record([refreshed(enrollment, event)]);
  }
}

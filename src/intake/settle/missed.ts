import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import { entryFactsOf, isToldOf, keysOf, type Enrollment } from '../../core/enrollments/enrollment';
import {
  candidatesAmong,
  exitOf,
  exitSearchFor,
  foundByKey,
  type ExitCandidate,
} from '../../core/enrollments/exits';
import { awaitedNamesOf } from '../../core/enrollments/hear';
import type { RecordedEvent, Target } from '../../core/events/recorded-event';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import type { PersonEnrollments } from '../person';
import { journeyOf } from '../journey-of';
import type { ContactId } from '../../core/ids';

/**
 * Enrollments that were opened while an event was being stored become its targets. So do those of
 * others that it ends by a key.
 */
export async function findMissedEnrollments(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
  person: PersonEnrollments,
): Promise<readonly RecordedEvent[]> {
  return Promise.all(
    events.map(async (event) => {
      const own = person.open.filter((enrollment) => concerns(enrollment, event));
      const missing = [...own, ...(await endedByKeyOf(dependencies, event, person))].map(toldTo);
      if (missing.length === 0) return event;
      return (await withTargets(dependencies, event, missing)) ?? event;
    }),
  );
}

/** The enrollments of others that an event ends, whatever its contact. */
async function endedByKeyOf(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
  { ids }: PersonEnrollments,
): Promise<readonly Enrollment[]> {
  const { workspace, keys = [] } = event;
  const sharing = await dependencies.store.enrollments.openByKeys(workspace, keys);
  const others = sharing.filter(
    (enrollment) => !ids.includes(enrollment.contact) && concerns(enrollment, event),
  );
  const journeys = await Promise.all(others.map((other) => journeyOf(dependencies, other)));
  return others.filter((other, n) => {
    const journey = journeys[n];
    return journey && exitOf(journey, entryFactsOf(other), foundByKey(event));
  });
}

function concerns(enrollment: Enrollment, event: Concerning): boolean {
  if (!isToldOf(enrollment, event)) return false;
  return !event.targets.some((target) => target.enrollment === enrollment.id);
}

type Concerning = Pick<RecordedEvent, 'key' | 'name' | 'enrollment'> &
  Readonly<{ targets: readonly Pick<Target, 'enrollment'>[] }>;

function toldTo({ id }: Enrollment): Target {
  return { enrollment: id, effect: { kind: 'told' } };
}

/** The enrollments that these events have opened, as far as they are open still. */
export function openedBy(
  events: readonly RecordedEvent[],
  { open }: PersonEnrollments,
): readonly Enrollment[] {
  const opening = events.flatMap(({ targets }) =>
    targets.filter(({ effect, at }) => effect.kind === 'entered' && at === undefined),
  );
  return open.filter(({ id }) => opening.some(({ enrollment }) => enrollment === id));
}

/**
 * Finds events stored before an enrollment was opened, which it is to hear. An order may
 * overtake its own cart.
 */
export async function findEarlierEvents(
  dependencies: IntakeDependencies,
  { ids }: PersonEnrollments,
  enrollments: readonly Enrollment[],
): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for (const enrollment of enrollments) {
    found.push(...(await earlierOf(dependencies, enrollment, ids)));
  }
  return found;
}

async function earlierOf(
  dependencies: IntakeDependencies,
  enrollment: Enrollment,
  ids: readonly ContactId[],
): Promise<readonly RecordedEvent[]> {
  const { store } = dependencies;
  const { workspace } = enrollment;
  const journey = await journeyOf(dependencies, enrollment);
  const exits = exitSearchFor(journey, enrollment);
  const names = [...new Set([...exits.names, ...awaitedNamesOf(journey)])];
  const [own, keyed] = await Promise.all([
    store.events.ofContact(workspace, ids, { ...exits, names }),
    store.events.ofKeys(workspace, keysOf(journey, enrollment)),
  ]);
  const told = candidatesAmong(own, keyed)
    .filter((event) => concerns(enrollment, event) && matters(journey, enrollment, event))
    .map(({ key }) => withTargets(dependencies, { workspace, key }, [toldTo(enrollment)]));
  return (await Promise.all(told)).filter((event) => event !== undefined);
}

/** Adds targets and answers the event as it is stored then, if it is. */
async function withTargets(
  { store, clock }: IntakeDependencies,
  { workspace, key }: Pick<RecordedEvent, 'workspace' | 'key'>,
  targets: readonly Target[],
): Promise<RecordedEvent | undefined> {
  await store.events.addTargets(workspace, key, { targets, nextAt: clock.realNow() + leaseMs });
  return store.events.findByKey(workspace, key);
}

/** Leaves out exit events that mean nothing for this enrollment. */
function matters(journey: CompiledJourney, enrollment: Enrollment, event: ExitCandidate): boolean {
  if (exitOf(journey, entryFactsOf(enrollment), event)) return true;
  if (event.byKey) return false;
  return (
    event.occurredAt >= enrollment.firstEntryAt && awaitedNamesOf(journey).includes(event.name)
  );
}

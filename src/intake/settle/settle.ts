import { groupBy } from '../../core/group-by';
import type { ContactId } from '../../core/ids';
import { refused } from '../../core/decisions/decisions';
import type { RecordedEvent } from '../../core/events/recorded-event';
import { settleCommands } from '../commands/carry-out';
import type { IntakeDependencies } from '../dependencies';
import { enrollmentsOfPerson, idsOfPerson, openOf, type PersonEnrollments } from '../person';
import { applyToEnrollment, type Applied } from './apply-to-enrollment';
import { deliver, type Group } from './deliver';
import { enterAnew, enterWhereRefused } from './enter-anew';
import { mark } from './mark';
import { findEarlierEvents, findMissedEnrollments, openedBy } from './missed';

/**
 * Carries out what events of one contact mean, and what else that person is owed. Each stage may
 * run twice. Both an event and an enrollment are written before the other side is read again, so of
 * two that race each other one always sees the other.
 */
export async function settle(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
): Promise<void> {
  const [first] = events;
  if (!first) return;
  const { ids, owed } = await findOwed(dependencies, first);
  await settleStages(dependencies, { first, ids, events: unique([...events, ...owed]) });
}

/** Settles one event without what else is owed, so that its trouble stays its own. */
export async function settleAlone(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
): Promise<void> {
  const ids = await idsOfPerson(dependencies, event.workspace, event.contact);
  await settleStages(dependencies, { first: event, ids, events: [event] });
}

/** Takes along the events that a crash has left pending. So an order overtakes none before it. */
async function findOwed(
  { store }: IntakeDependencies,
  { workspace, contact }: RecordedEvent,
): Promise<Readonly<{ ids: readonly ContactId[]; owed: readonly RecordedEvent[] }>> {
  const [ids, own] = await Promise.all([
    idsOfPerson({ store }, workspace, contact),
    store.events.pendingOf(workspace, [contact]),
  ]);
  const others = ids.filter((id) => id !== contact);
  const aliased = others.length > 0 ? await store.events.pendingOf(workspace, others) : [];
  return { ids, owed: [...own, ...aliased] };
}

type Batch = Readonly<{
  first: RecordedEvent;
  /** All ids of the person whose events they are. */
  ids: readonly ContactId[];
  events: readonly RecordedEvent[];
}>;

async function settleStages(dependencies: IntakeDependencies, batch: Batch): Promise<void> {
  const admitted = await enterWhereRefused(dependencies, batch);
  const { events, person } = await readPerson(dependencies, { ...batch, events: admitted });
  const found = await findMissedEnrollments(dependencies, events, person);
  const opened = openedBy(found, person);
  const earlier = await findEarlierEvents(dependencies, person, opened);
  const all = unique([...found, ...earlier]).toSorted(byArrival);
  const applied = await applyAll(dependencies, all, person);
  const gone = await deliverAll(dependencies, groupsOf(applied));
  const entered = await enterAfter(dependencies, gone, batch.ids);
  await mark(dependencies, batch.first.workspace, all);
  if (entered.length > 0) await settleStages(dependencies, { ...batch, events: entered });
}

/** Answers what was meant for enrollments that are gone. */
async function deliverAll(
  dependencies: IntakeDependencies,
  groups: readonly Group[],
): Promise<readonly Applied[]> {
  const gone: Applied[] = [];
  for (const group of groups) {
    if ((await deliver(dependencies, group)) === 'gone') gone.push(...group.applied);
  }
  return gone;
}

/** Some of these events may enter the journey again. */
async function enterAfter(
  dependencies: IntakeDependencies,
  gone: readonly Applied[],
  ids: readonly ContactId[],
): Promise<readonly RecordedEvent[]> {
  const entered: RecordedEvent[] = [];
  for (const { event, enrollment } of gone) {
    const { journey } = enrollment ?? {};
    const renewed = journey && (await enterAnew(dependencies, event, { ids, journey }));
    if (renewed) entered.push(renewed);
  }
  return entered;
}

/**
 * Reads the open enrollments anew. Commands among the events, which most batches do not have, are
 * completed before.
 */
async function readPerson(
  dependencies: IntakeDependencies,
  { first, ids, events }: Batch,
): Promise<Readonly<{ events: readonly RecordedEvent[]; person: PersonEnrollments }>> {
  if (events.every(({ command }) => command === undefined)) {
    return { events, person: await openOf(dependencies, first.workspace, ids) };
  }
  const caused = await settleCommands(dependencies, events);
  const person = await enrollmentsOfPerson(dependencies, first);
  return { events: unique([...events, ...caused]), person };
}

async function applyAll(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
  person: PersonEnrollments,
): Promise<readonly Applied[]> {
  const open = new Map(person.open.map((enrollment) => [enrollment.id, enrollment]));
  const settled = { ids: person.ids, open };
  const applied: Applied[] = [];
  for (const event of events) {
    if (event.refusals.length > 0) await recordRefusals(dependencies, event);
    for (const target of event.targets.filter(({ at }) => at === undefined)) {
      applied.push(await applyToEnrollment(dependencies, event, target, settled));
    }
  }
  return applied;
}

/** An event that a condition does not mean is no decision. It says so itself. */
async function recordRefusals({ store }: IntakeDependencies, event: RecordedEvent): Promise<void> {
  const decided = event.refusals.filter(({ reason }) => reason !== 'condition-not-met');
  await store.decisions.record(decided.map((refusal) => refused(event, refusal)));
}

/** The newest reading of each event. */
function unique(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return [...new Map(events.map((event) => [event.key, event])).values()];
}

function byArrival(one: RecordedEvent, other: RecordedEvent): number {
  return one.receivedAt - other.receivedAt || one.occurredAt - other.occurredAt;
}

/** Everything for one enrollment goes together, in order. */
function groupsOf(applied: readonly Applied[]): readonly Group[] {
  const groups = groupBy(applied, ({ id }) => id);
  return [...groups.values()].map((items) => ({
    enrollment: items.at(-1)?.enrollment,
    applied: items,
  }));
}

import { groupBy } from '../../core/group-by';
import type { WorkspaceId } from '../../core/ids';
import { refused } from '../../core/decisions/decisions';
import type { RecordedEvent } from '../../core/events/recorded-event';
import { applyToRow, type Applied } from './apply-to-row';
import { isCarriedOut, obey } from '../commands/commands';
import { deliver, type Group } from './deliver';
import type { IntakeDependencies } from '../dependencies';
import { endRows } from './end-rows';
import { forget } from '../commands/forget';
import { enrollmentsOfPerson, type PersonEnrollments } from '../person';
import { findMissedEvents, findMissedRows } from './missed';

/**
 * Carries out what events of one contact mean, oldest first: missing targets, exits and refreshes, starts and signals,
 * the mark. Each part may run twice. Both an event and a row are written before the other side is read again, so of two
 * that race each other one always sees the other.
 */
export async function settle(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
): Promise<void> {
  const owed = await findOwed(dependencies, events);
  await settleAlone(dependencies, unique([...events, ...owed]));
}

/** The same without what else is owed to the contact, so that one event's trouble stays its own. */
export async function settleAlone(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
): Promise<void> {
  const [first] = events;
  if (!first) return;
  for (const event of events) await obey(dependencies, event);
  const household = await enrollmentsOfPerson(dependencies, first);
  const found = await findMissedRows(dependencies, events, household);
  const missed = await findMissedEvents(dependencies, found, household);
  const endings = await endRows(dependencies, household);
  const all = unique([...found, ...missed, ...endings]).toSorted(byArrival);
  const applied = await applyAll(dependencies, all, household);
  for (const group of groupsOf(applied)) await deliver(dependencies, group);
  if (household.isErased) {
    await forget(dependencies, { workspace: first.workspace, ids: household.ids });
  }
  await mark(dependencies, first.workspace, all);
}

async function applyAll(
  dependencies: IntakeDependencies,
  events: readonly RecordedEvent[],
  household: PersonEnrollments,
): Promise<readonly Applied[]> {
  const rows = new Map(household.rows.map((row) => [row.id, row]));
  const applied: Applied[] = [];
  for (const event of events) {
    if (event.refusals.length > 0) await recordRefusals(dependencies, event);
    for (const target of event.targets.filter(({ at }) => at === undefined)) {
      applied.push(await applyToRow(dependencies, event, target, rows));
    }
  }
  return applied;
}

async function recordRefusals({ store }: IntakeDependencies, event: RecordedEvent): Promise<void> {
  await store.decisions.record(event.refusals.map((refusal) => refused(event, refusal)));
}

/** In one change for those that have as many targets. */
async function mark(
  dependencies: IntakeDependencies,
  workspace: WorkspaceId,
  events: readonly RecordedEvent[],
): Promise<void> {
  const { store, clock, failpoint: passing } = dependencies;
  const isDone = await Promise.all(events.map((event) => isCarriedOut(dependencies, event)));
  const done = events.filter((_, n) => isDone[n]);
  if (done.length === 0) return;
  passing('before-mark');
  const at = clock.now();
  const alike = [...groupBy(done, (event) => event.targets.length)];
  await Promise.all(
    alike.map(([targets, group]) => {
      const keys = group.map(({ key }) => key);
      return store.events.markDelivered(workspace, keys, { targets, at });
    }),
  );
}

/** What a crash has left pending goes along, so that an order never overtakes what was acknowledged before it. */
async function findOwed(
  { store }: IntakeDependencies,
  [first]: readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> {
  return first ? store.events.pendingOf(first.workspace, first.contact) : [];
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
  const groups = groupBy(applied, ({ enrollment }) => enrollment);
  return [...groups.values()].map((items) => ({ row: items.at(-1)?.row, applied: items }));
}

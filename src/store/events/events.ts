import type { Connection } from 'mongoose';
import type { Instant } from '../../core/time/clock';
import type { ContactId, EnrollmentId, EventId, EventKey, WorkspaceId } from '../../core/ids';
import { DomainError } from '../../core/domain-error';
import type { Effect, RecordedEvent, Refusal, Target } from '../../core/events/recorded-event';
import type { EventSearch } from '../../core/enrollments/exits';
import { claimDue, type LeaseClaim, type Due } from '../mongo/claim';
import type { StoreScope } from '../mongo/connection';
import {
  erasedContent,
  eventCollection,
  eventOf,
  optionalEventOf,
  rowOf,
  settledNow,
  unsettled,
  type EventRow,
} from './event-row';
import { createEventSearch, ofKeys, type FoundEvent } from './event-search';
import { mapPage, type Direction, type Page, type PageRequest } from '../mongo/page';
import { oneOf } from '../mongo/one-of';
import { createRows, type Filter, type Rows } from '../mongo/rows';

export type InsertedEvent =
  Readonly<{ kind: 'inserted' }> | Readonly<{ kind: 'duplicate'; existing: RecordedEvent }>;

/** A pending event that was claimed; `attempts` counts how often it has been postponed. */
export type DueEvent = RecordedEvent & Readonly<{ attempts: number }>;

type AddedTargets = Due & Readonly<{ targets: readonly Target[] }>;
type Rerouted = Due & Readonly<{ refusals: readonly Refusal[]; target?: Target | undefined }>;
type Delivery = Readonly<{ targets: number; at: Instant }>;

export type Backlog = Readonly<{ pending: number; dead: number; oldestReceivedAt?: Instant }>;

export type Events = Readonly<{
  /** Records an event once by its key, acknowledged by a majority. */
  insert: (event: RecordedEvent, due: Due) => Promise<InsertedEvent>;
  find: (workspace: WorkspaceId, idOrKey: EventId | EventKey) => Promise<RecordedEvent | undefined>;
  findByKey: (workspace: WorkspaceId, key: EventKey) => Promise<RecordedEvent | undefined>;
  /**
   * The events that a search finds, in the order of receipt. They hold the properties that it asks
   * for. Unrouted ones are left out. Inside `causally` it misses no acknowledged event.
   */
  ofContact: (
    workspace: WorkspaceId,
    contact: ContactId | readonly ContactId[],
    search: EventSearch,
  ) => Promise<readonly FoundEvent[]>;
  /**
   * The newest events of anybody that carry one of these keys, at most 100. A key that more than 20
   * contacts share finds none. Inside `causally` it misses no acknowledged event.
   */
  ofKeys: (workspace: WorkspaceId, keys: readonly string[]) => Promise<readonly RecordedEvent[]>;
  /** All that was received of these contacts, oldest first. */
  history: (
    workspace: WorkspaceId,
    contacts: readonly ContactId[],
    page: PageRequest,
  ) => Promise<Page<RecordedEvent>>;
  /** Those that are still owed to somebody, in the order of receipt. */
  pendingOf: (
    workspace: WorkspaceId,
    contacts: readonly ContactId[],
  ) => Promise<readonly RecordedEvent[]>;
  /**
   * Adds the targets whose enrollment is not among them yet. The first of them makes the event
   * pending again.
   */
  addTargets: (workspace: WorkspaceId, key: EventKey, added: AddedTargets) => Promise<void>;
  /**
   * Makes an event pending again with other refusals, and with `target` among its targets. Nothing
   * changes where that target is there already.
   */
  reroute: (workspace: WorkspaceId, key: EventKey, route: Rerouted) => Promise<void>;
  setEffect: (
    workspace: WorkspaceId,
    key: EventKey,
    change: Readonly<{ enrollment: EnrollmentId; effect: Effect }>,
  ) => Promise<void>;
  /**
   * Marks events as delivered if they still have this number of `targets`. It marks all their
   * targets too. The first `at` of each stays.
   */
  markDelivered: (
    workspace: WorkspaceId,
    keys: readonly EventKey[],
    delivery: Delivery,
  ) => Promise<void>;
  /**
   * Claims the pending events of every workspace that are due, longest due first. Each goes to one
   * claimant at a time.
   */
  claimPending: (claim: LeaseClaim) => Promise<readonly DueEvent[]>;
  postpone: (
    workspace: WorkspaceId,
    key: EventKey,
    until: Due & Readonly<{ attempts: number }>,
  ) => Promise<void>;
  /** Sets a pending event aside as `dead`. */
  bury: (workspace: WorkspaceId, key: EventKey, because: string) => Promise<void>;
  /** Makes a dead event pending again; false where it is not dead. */
  revive: (workspace: WorkspaceId, key: EventKey, due: Due) => Promise<boolean>;
  /**
   * Takes out the words of these contacts and of operators: properties, clients' ids, reasons. The
   * outcome stays.
   */
  erase: (workspace: WorkspaceId, contacts: readonly ContactId[]) => Promise<void>;
  /** Latest receipt first. */
  list: (
    workspace: WorkspaceId,
    filter: Readonly<{ status?: RecordedEvent['status'] }>,
    page: PageRequest,
  ) => Promise<Page<RecordedEvent>>;
  /** Over every workspace. It counts no further than `most`, which bounds its cost. */
  backlog: (most: number) => Promise<Backlog>;
}>;

/** An index holds the status before the order, so a list says which. */
const anyStatus = { $in: ['pending', 'delivered', 'dead'] };

export function createEvents(connection: Connection, scope: StoreScope): Events {
  const rows = createRows<EventRow>(connection, eventCollection, scope);
  const find = createEventSearch(rows, scope);
  const pendingBy = rows.searchBy('contact', { status: 'pending' });
  const page = async (filter: Filter, request: PageRequest, direction?: Direction) =>
    mapPage(await rows.page(filter, 'receivedAt', request, direction), eventOf);
  return {
    insert: (event, due) => insert(rows, event, due),
    find: async (workspace, idOrKey) =>
      optionalEventOf(
        (await rows.first({ workspace, _id: idOrKey })) ??
          (await rows.first({ workspace, id: idOrKey })),
      ),
    findByKey: async (workspace, key) => optionalEventOf(await rows.get(workspace, key)),
    ofContact: (workspace, contact, search) =>
      find({ ...search, workspace, contacts: [contact].flat() }),
    ofKeys: (workspace, keys) => ofKeys(rows, workspace, keys),
    history: (workspace, contacts, request) =>
      page({ workspace, contact: oneOf(contacts) }, request, 1),
    pendingOf: async (workspace, contacts) => {
      const pending = await pendingBy(workspace, contacts);
      return pending.map(eventOf).toSorted((one, other) => one.receivedAt - other.receivedAt);
    },
    addTargets: async (workspace, key, added) => addTargets(rows, { workspace, _id: key }, added),
    reroute: async (workspace, key, route) => reroute(rows, { workspace, _id: key }, route),
    setEffect: (workspace, key, change) => setEffect(rows, { workspace, _id: key }, change),
    markDelivered: (workspace, keys, delivery) =>
      markDelivered(rows, { workspace, keys }, delivery),
    claimPending: async (claim) => {
      const claimed = await claimDue(rows, { status: 'pending' }, claim);
      return claimed.map((row) => ({ ...eventOf(row), attempts: row.attempts }));
    },
    postpone: async (workspace, key, { nextAt, attempts }) => {
      await rows.change({ workspace, _id: key }, { $set: { nextAt, attempts } });
    },
    bury: async (workspace, key, because) => {
      const pending = { workspace, _id: key, status: 'pending' };
      await rows.change(pending, { $set: { status: 'dead', because }, ...settledNow });
    },
    revive: (workspace, key, { nextAt }) => {
      const revived = { $set: { status: 'pending', nextAt, attempts: 0 }, $unset: unsettled };
      return rows.change({ workspace, _id: key, status: 'dead' }, revived);
    },
    erase: (workspace, contacts) =>
      rows.changeAll({ workspace, contact: oneOf(contacts) }, erasedContent),
    list: (workspace, { status = anyStatus }, request) => page({ workspace, status }, request),
    backlog: (most) => backlog(rows, most),
  };
}

async function insert(
  rows: Rows<EventRow>,
  event: RecordedEvent,
  { nextAt }: Due,
): Promise<InsertedEvent> {
  if (await rows.insert(rowOf(event, nextAt))) return { kind: 'inserted' };
  const existing = optionalEventOf(await rows.get(event.workspace, event.key));
  if (existing) return { kind: 'duplicate', existing };
  throw new DomainError('conflict', `The key of event "${event.id}" belongs to another workspace.`);
}

async function addTargets(
  rows: Rows<EventRow>,
  event: Readonly<{ workspace: WorkspaceId; _id: EventKey }>,
  { targets, nextAt }: AddedTargets,
): Promise<void> {
  for (const target of targets) {
    await rows.change(
      { ...event, 'targets.enrollment': { $ne: target.enrollment } },
      {
        $push: { targets: target },
        $set: { status: 'pending', nextAt },
        $unset: unsettled,
      },
    );
  }
}

async function reroute(
  rows: Rows<EventRow>,
  event: Readonly<{ workspace: WorkspaceId; _id: EventKey }>,
  { refusals, target, nextAt }: Rerouted,
): Promise<void> {
  const isNew = target && { 'targets.enrollment': { $ne: target.enrollment } };
  await rows.change(
    { ...event, ...isNew },
    {
      ...(target && { $push: { targets: target } }),
      $set: { refusals, status: 'pending', nextAt },
      $unset: unsettled,
    },
  );
}

async function setEffect(
  rows: Rows<EventRow>,
  event: Filter,
  { enrollment, effect }: Readonly<{ enrollment: EnrollmentId; effect: Effect }>,
): Promise<void> {
  const target = { ...event, 'targets.enrollment': enrollment };
  await rows.change(target, { $set: { 'targets.$.effect': effect } });
}

async function markDelivered(
  rows: Rows<EventRow>,
  { workspace, keys }: Readonly<{ workspace: WorkspaceId; keys: readonly EventKey[] }>,
  { targets, at }: Delivery,
): Promise<void> {
  const marks = { 'targets.$[unmarked].at': at };
  await rows.changeBlindly({
    filter: { workspace, _id: oneOf(keys), status: 'pending', targets: { $size: targets } },
    update: { $set: { ...(targets > 0 && marks), status: 'delivered' }, ...settledNow },
    // By it one server turns an empty list into a list of null.
    ...(targets > 0 && { arrayFilters: [{ 'unmarked.at': { $exists: false } }] }),
    // The driver tries a change of one row again by itself.
    reach: keys.length > 1 ? 'all' : 'one',
  });
}

async function backlog(rows: Rows<EventRow>, most: number): Promise<Backlog> {
  const pending = await rows.count({ status: 'pending' }, most);
  const dead = await rows.count({ status: 'dead' }, most);
  const oldest = await rows.first({ status: 'pending' }, { receivedAt: 1 });
  return { pending, dead, ...(oldest && { oldestReceivedAt: oldest.receivedAt }) };
}

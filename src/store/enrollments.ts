import type { Connection } from 'mongoose';
import type { Instant } from '../core/time/clock';
import type { Ending, Enrollment } from '../core/enrollments/enrollment';
import type { Snapshot } from '../core/events/event';
import type {
  ContactId,
  EnrollmentId,
  EventKey,
  JourneyId,
  StepId,
  WorkspaceId,
} from '../core/ids';
import {
  enrollmentCollection,
  filterOf,
  inertSnapshot,
  isSnapshot,
  whereNewer,
  type EnrollmentFilter,
  type EnrollmentRow,
} from './enrollment-row';
import { createLastSearch } from './enrollment-last';
import { claimDue, type LeaseClaim, type Due } from './mongo/claim';
import type { StoreScope } from './mongo/connection';
import { mapPage, type Page, type PageRequest } from './mongo/page';
import { oneOf } from './mongo/one-of';
import { createRows, type Filter, type Rows } from './mongo/rows';
import { findByKeys, mostFound } from './mongo/shared-keys';

/**
 * `entered-before`: this event opened `row`, so a repeat finds its own. `already-open`: another
 * event did, for the same key. `taken`: the number is in use by a row that has ended; count on and
 * try again.
 */
export type OpenedEnrollment =
  | Readonly<{ kind: 'opened' | 'already-open' | 'entered-before'; enrollment: Enrollment }>
  | Readonly<{ kind: 'taken' }>;

export type Enrollments = Readonly<{
  /**
   * Opens at most one row per contact, journey and key. An entry event opens a row once, for ever.
   */
  open: (row: Enrollment, due: Due) => Promise<OpenedEnrollment>;
  openOf: (
    workspace: WorkspaceId,
    contact: ContactId | readonly ContactId[],
  ) => Promise<readonly Enrollment[]>;
  /**
   * The open enrollments of anybody that have one of these keys. A key that more than 20 contacts
   * share finds none. Inside `causally` it misses none that was acknowledged before.
   */
  openByKeys: (workspace: WorkspaceId, keys: readonly string[]) => Promise<readonly Enrollment[]>;
  /** Gives an open row keys that it has not yet. */
  addKeys: (workspace: WorkspaceId, id: EnrollmentId, keys: readonly string[]) => Promise<void>;
  /**
   * The latest enrollment of a key, open or ended, by its number. An enrollment that ended because
   * its contact was merged does not count: it went on in another row.
   */
  lastOf: (
    workspace: WorkspaceId,
    of: Readonly<{ contact: ContactId | readonly ContactId[]; journey: JourneyId; key: string }>,
  ) => Promise<Enrollment | undefined>;
  /** Inside `causally` it is as new as any write acknowledged before. */
  find: (workspace: WorkspaceId, id: EnrollmentId) => Promise<Enrollment | undefined>;
  /** The one opened last first. */
  list: (
    workspace: WorkspaceId,
    filter: EnrollmentFilter,
    page: PageRequest,
  ) => Promise<Page<Enrollment>>;
  /** Replaces the snapshot of an open row by a newer one. True also where it is there already. */
  refresh: (workspace: WorkspaceId, id: EnrollmentId, snapshot: Snapshot) => Promise<boolean>;
  /** True for the one caller that ended an open row, with this snapshot if given. */
  close: (
    workspace: WorkspaceId,
    id: EnrollmentId,
    ending: Ending,
    on?: EventKey,
  ) => Promise<boolean>;
  markStarted: (workspace: WorkspaceId, id: EnrollmentId) => Promise<void>;
  markAwake: (workspace: WorkspaceId, id: EnrollmentId) => Promise<void>;
  /** Moves an open row on, if its snapshot is the one given. It never goes back before `since`. */
  moveTo: (
    workspace: WorkspaceId,
    id: EnrollmentId,
    position: Readonly<{ step: StepId | null; since: Instant; on?: EventKey | undefined }>,
  ) => Promise<boolean>;
  /** The ids of all rows of these contacts, open or ended. */
  idsOf: (
    workspace: WorkspaceId,
    contacts: readonly ContactId[],
  ) => Promise<readonly EnrollmentId[]>;
  /** Takes out what entered and refreshed these contacts' rows, and their keys. */
  erase: (workspace: WorkspaceId, contacts: readonly ContactId[]) => Promise<void>;
  /**
   * Claims due rows of every workspace that Temporal does not have yet, open or ended. Each goes to
   * one claimant at a time.
   */
  claimUnstarted: (claim: LeaseClaim) => Promise<readonly Enrollment[]>;
  /** Claims due rows of every workspace that are open and that Temporal has. */
  claimStarted: (claim: LeaseClaim) => Promise<readonly Enrollment[]>;
}>;

const attempts = 3;

export function createEnrollments(connection: Connection, scope: StoreScope): Enrollments {
  const rows = createRows<EnrollmentRow>(connection, enrollmentCollection, scope);
  const findLast = createLastSearch(rows, scope);
  const openBy = rows.searchBy('contact', { open: true });
  return {
    open: (row, due) => open(rows, row, due),
    openOf: async (workspace, contact) =>
      (await openBy(workspace, [contact].flat())).map(enrollmentOf),
    openByKeys: (workspace, keys) => openByKeys(rows, workspace, keys),
    addKeys: async (workspace, id, keys) => {
      const gained = { $addToSet: { keys: { $each: [...keys] } } };
      await rows.change({ workspace, _id: id, open: true }, gained);
    },
    lastOf: async (workspace, { contact, ...of }) =>
      optional(await findLast({ workspace, ...of, contacts: [contact].flat() })),
    find: async (workspace, id) => optional(await rows.get(workspace, id)),
    list: async (workspace, filter, request) =>
      mapPage(
        await rows.page({ workspace, ...filterOf(filter) }, 'openedAt', request),
        enrollmentOf,
      ),
    refresh: (workspace, id, snapshot) =>
      rows.change(
        { workspace, _id: id, open: true, ...whereNewer(snapshot) },
        { $set: { snapshot: inertSnapshot(snapshot) } },
      ),
    close: (workspace, id, ending, on) =>
      rows.change(
        { workspace, _id: id, open: true, ...isSnapshot(on) },
        { $set: { ended: ending, open: false } },
      ),
    markStarted: (workspace, id) =>
      rows.changeBlindly({ filter: { workspace, _id: id }, update: { $set: { started: true } } }),
    markAwake: (workspace, id) =>
      rows.changeBlindly({ filter: { workspace, _id: id }, update: { $set: { awake: true } } }),
    moveTo: (workspace, id, { step, since, on }) =>
      rows.change(
        { workspace, _id: id, open: true, since: { $lte: since }, ...isSnapshot(on) },
        { $set: { step, since } },
      ),
    idsOf: async (workspace, contacts) =>
      (await rows.all({ workspace, contact: oneOf(contacts) })).map(({ _id }) => _id),
    erase: (workspace, contacts) => erase(rows, { workspace, contact: oneOf(contacts) }),
    claimUnstarted: async (claim) =>
      (await claimDue(rows, { started: false }, claim)).map(enrollmentOf),
    claimStarted: async (claim) =>
      (await claimDue(rows, { open: true, started: true }, claim)).map(enrollmentOf),
  };
}

/** A row that stood in the way may close before it is read. Then there is room for this one. */
async function open(
  rows: Rows<EnrollmentRow>,
  enrollment: Enrollment,
  { nextAt }: Due,
): Promise<OpenedEnrollment> {
  const { id, snapshot, ...rest } = enrollment;
  const row = { _id: id, ...rest, snapshot: inertSnapshot(snapshot), open: !rest.ended, nextAt };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await rows.insert(row)) return { kind: 'opened', enrollment: enrollment };
    const obstacle = await obstacleTo(rows, enrollment);
    if (obstacle) return obstacle;
  }
  return { kind: 'taken' };
}

async function obstacleTo(
  rows: Rows<EnrollmentRow>,
  { workspace, contact, journey, key, n, enteredBy }: Enrollment,
): Promise<OpenedEnrollment | undefined> {
  const own = await rows.first({ workspace, contact, journey, enteredBy });
  if (own) return { kind: 'entered-before', enrollment: enrollmentOf(own) };
  const current = await rows.first({ workspace, contact, journey, key, open: true });
  if (current) return { kind: 'already-open', enrollment: enrollmentOf(current) };
  const numbered = await rows.first({ workspace, contact, journey, key, n });
  return numbered && { kind: 'taken' };
}

async function openByKeys(
  rows: Rows<EnrollmentRow>,
  workspace: WorkspaceId,
  keys: readonly string[],
): Promise<readonly Enrollment[]> {
  const find = (some: readonly string[]) =>
    rows.allStrictly({ workspace, keys: oneOf(some), open: true }, { limit: mostFound });
  return (await findByKeys(find, keys)).map(enrollmentOf);
}

/** The tag in the id of a row stands for its key. So keys stay apart. */
async function erase(rows: Rows<EnrollmentRow>, contact: Filter): Promise<void> {
  for (const { _id, workspace } of await rows.all(contact)) {
    const key = _id.split('.').at(-2) ?? '';
    const erased = { $set: { key, 'snapshot.properties': {} }, $unset: { keys: 1 } };
    await rows.change({ workspace, _id }, erased);
  }
}

function optional(row: EnrollmentRow | undefined): Enrollment | undefined {
  return row && enrollmentOf(row);
}

function enrollmentOf({ _id, open: _open, nextAt: _nextAt, ...rest }: EnrollmentRow): Enrollment {
  return { id: _id, ...rest };
}

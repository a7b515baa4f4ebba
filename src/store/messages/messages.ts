import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Instant } from '../../core/time/clock';
import { DomainError } from '../../core/domain-error';
import { byOperator } from '../../core/decisions/reasons';
import type { ContactId, EnrollmentId, MessageId, WorkspaceId } from '../../core/ids';
import {
  openStatuses,
  type Message,
  type MessageEnd,
  type MessageHeld,
  type MessageStatus,
} from '../../core/messages/message';
import type { Trouble } from '../../core/messages/trouble';
import type { StoreScope } from '../mongo/connection';
import type { Change } from '../mongo/personal/seal-change';
import { mapPage, type Page, type PageRequest } from '../mongo/page';
import { oneOf } from '../mongo/one-of';
import { createRows, type Rows } from '../mongo/rows';
import { messageCollection, messageOf, type MessageRow } from './message-row';
import { reportMessage, type Reported } from './report-message';

export type ClaimedMessage =
  Readonly<{ kind: 'claimed' }> | Readonly<{ kind: 'exists'; message: Message }>;

/** The end of a message, for good. */
export type Settlement = MessageEnd &
  Readonly<{ repeated?: boolean; answer?: string; at: Instant }>;

/** The message waits for its time. It has left nothing behind. */
export type DeferredUntil = Readonly<{
  because: MessageHeld['because'];
  nextAttemptAt: Instant;
}>;

/** The message waits for its next attempt. */
export type PutOffUntil = Readonly<{
  status: 'claimed' | 'handing';
  attempts: number;
  nextAttemptAt: Instant;
  trouble: Trouble;
}>;

export type MessageFilter = Readonly<{
  contact?: ContactId | readonly ContactId[];
  enrollment?: EnrollmentId;
  status?: MessageStatus;
}>;

/** The ledger. Each change of status is a compare-and-set, so only one caller succeeds. */
export type Messages = Readonly<{
  /** Writes the line once by its id. */
  claim: (message: Message & Readonly<{ status: 'claimed' }>) => Promise<ClaimedMessage>;
  /** From `claimed` or `deferred` to `handing`. */
  beginHanding: (workspace: WorkspaceId, id: MessageId, handedAt: Instant) => Promise<boolean>;
  /** Marks that an attempt has its turn; false where the message is settled. */
  beginAttempt: (workspace: WorkspaceId, id: MessageId, at: Instant) => Promise<boolean>;
  /** Puts an unsettled message off. It is `claimed` again unless something may have left. */
  putOff: (workspace: WorkspaceId, id: MessageId, put: PutOffUntil) => Promise<void>;
  /** Moves the next attempt of an unsettled message, and changes nothing else. */
  postpone: (workspace: WorkspaceId, id: MessageId, until: Instant) => Promise<void>;
  /** Defers an unsettled message and answers what is stored. Throws `not-found`. */
  defer: (workspace: WorkspaceId, id: MessageId, until: DeferredUntil) => Promise<Message>;
  /** Settles a line and answers what is stored. A settled one stays. Throws `not-found`. */
  settle: (workspace: WorkspaceId, id: MessageId, settlement: Settlement) => Promise<Message>;
  /** Settles an `unknown` line and answers what is stored. Others stay. Throws `not-found`. */
  resolve: (workspace: WorkspaceId, id: MessageId, status: 'sent' | 'failed') => Promise<Message>;
  /**
   * Records what the provider has reported, unless something stronger stands. The first time of
   * each kind stays. A repeat changes nothing.
   */
  report: (workspace: WorkspaceId, id: MessageId, reported: Reported) => Promise<void>;
  find: (workspace: WorkspaceId, id: MessageId) => Promise<Message | undefined>;
  /** Latest first. */
  list: (
    workspace: WorkspaceId,
    filter: MessageFilter,
    page: PageRequest,
  ) => Promise<Page<Message>>;
  /** Oldest first. */
  ofEnrollment: (workspace: WorkspaceId, enrollment: EnrollmentId) => Promise<readonly Message[]>;
  /** Takes out the words of providers about messages to these contacts. The lines stay. */
  erase: (workspace: WorkspaceId, contacts: readonly ContactId[]) => Promise<void>;
}>;

const unsettled = { $in: openStatuses };

export function createMessages(connection: Connection, scope: StoreScope): Messages {
  const rows = createRows<MessageRow>(connection, messageCollection, scope);
  return {
    claim: (message) => claim(rows, message),
    beginHanding: (workspace, id, handedAt) => {
      const mine = { status: 'handing', mark: randomUUID() } as const;
      return rows.change(
        { workspace, _id: id, $or: [{ status: { $in: ['claimed', 'deferred'] } }, mine] },
        { $set: { ...mine, handedAt }, $unset: { because: 1 } },
      );
    },
    beginAttempt: (workspace, id, at) =>
      rows.change(
        { workspace, _id: id, status: unsettled },
        { $set: { attemptedAt: at }, $unset: { nextAttemptAt: 1 } },
      ),
    putOff: async (workspace, id, put) => {
      const own = { workspace, _id: id, status: unsettled };
      await rows.change(own, { $set: put, $unset: { because: 1 } });
    },
    postpone: async (workspace, id, nextAttemptAt) => {
      await rows.change({ workspace, _id: id, status: unsettled }, { $set: { nextAttemptAt } });
    },
    defer: (workspace, id, until) =>
      changed(rows, { workspace, _id: id }, openStatuses, {
        $set: { status: 'deferred', ...until },
      }),
    settle: (workspace, id, settlement) =>
      settle(rows, { workspace, _id: id }, { from: openStatuses, settlement }),
    resolve: (workspace, id, status) =>
      settle(
        rows,
        { workspace, _id: id },
        { from: ['unknown'], settlement: { status, because: byOperator } },
      ),
    report: (workspace, id, reported) => reportMessage(rows, { workspace, _id: id }, reported),
    find: (workspace, id) => find(rows, { workspace, _id: id }),
    list: async (workspace, filter, request) =>
      mapPage(await rows.page({ workspace, ...rowFilterOf(filter) }, 'at', request), messageOf),
    ofEnrollment: async (workspace, enrollment) =>
      (await rows.all({ workspace, enrollment }, { order: { at: 1, _id: 1 } })).map(messageOf),
    erase: (workspace, contacts) =>
      rows.changeAll(
        { workspace, contact: oneOf(contacts) },
        { $unset: { answer: 1, trouble: 1 } },
      ),
  };
}

function rowFilterOf({ contact, ...rest }: MessageFilter) {
  return { ...rest, ...(contact !== undefined && { contact: oneOf(contact) }) };
}

async function claim(rows: Rows<MessageRow>, { id, ...message }: Message): Promise<ClaimedMessage> {
  if (await rows.insert({ _id: id, ...message })) return { kind: 'claimed' };
  const existing = await rows.first({ workspace: message.workspace, _id: id });
  if (!existing) throw notFound(id);
  return { kind: 'exists', message: messageOf(existing) };
}

type Own = Readonly<{ workspace: WorkspaceId; _id: MessageId }>;

async function find(rows: Rows<MessageRow>, own: Own): Promise<Message | undefined> {
  const row = await rows.first(own);
  return row && messageOf(row);
}

function settle(
  rows: Rows<MessageRow>,
  own: Own,
  { from, settlement }: Readonly<{ from: readonly MessageStatus[]; settlement: MessageEnd }>,
): Promise<Message> {
  const past = { nextAttemptAt: 1, ...(settlement.because === undefined && { because: 1 }) };
  return changed(rows, own, from, { $set: settlement, $unset: past });
}

async function changed(
  rows: Rows<MessageRow>,
  own: Own,
  from: readonly MessageStatus[],
  change: Change,
): Promise<Message> {
  const row =
    (await rows.changed({ ...own, status: { $in: from } }, change)) ?? (await rows.first(own));
  if (!row) throw notFound(own._id);
  return messageOf(row);
}

function notFound(id: MessageId): DomainError {
  return new DomainError('not-found', `There is no message "${id}" in this workspace.`);
}

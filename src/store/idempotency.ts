import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { ContactId, WorkspaceId } from '../core/ids';
import type { Json } from '../core/json/json';
import { json, type Collection } from './mongo/collection';
import type { StoreScope } from './mongo/connection';
import { oneOf } from './mongo/one-of';
import { storableJson } from './mongo/storable-json';
import { createRows, type Rows } from './mongo/rows';
import type { Digests } from './secrets/digests';

/** A request under a key that its client chose, unique per workspace and route. */
export type KeyedRequest = Readonly<{ route: string; key: string; fingerprint: string }>;

/**
 * Real epoch milliseconds. A repeat may carry out a request that has not finished within `leaseMs`.
 */
export type Keeping = Readonly<{ now: number; leaseMs: number; keepMs: number }>;

/** The answer that a repeat gets. */
export type StoredAnswer = Readonly<{ status: number; body: Json }>;

/** `contact` is whom the answer tells of. */
export type FinishedRequest = StoredAnswer & Readonly<{ contact?: ContactId }>;

/** `begun`: the caller carries it out. `reused`: the key stands for another request. */
export type Begun =
  | Readonly<{ kind: 'begun' | 'running' | 'reused' }>
  | Readonly<{ kind: 'answered'; answer: StoredAnswer }>;

/** The requests that clients may repeat, with their answers. */
export type Idempotency = Readonly<{
  /** Takes a key for a request. Among concurrent callers exactly one gets `begun`. */
  begin: (workspace: WorkspaceId, request: KeyedRequest, keeping: Keeping) => Promise<Begun>;
  /** Keeps the answer for as long as `begin` said. The first answer stays. */
  finish: (workspace: WorkspaceId, request: KeyedRequest, answer: FinishedRequest) => Promise<void>;
  /** Frees the key of a failed request, unless another request has taken it since. */
  forget: (workspace: WorkspaceId, request: KeyedRequest, keeping: Keeping) => Promise<void>;
  /** Removes the requests whose answers tell of these contacts. */
  erase: (workspace: WorkspaceId, contacts: readonly ContactId[]) => Promise<void>;
}>;

/**
 * `expiresAt` is a date because the index that removes old rows asks for one. `mark` tells a caller
 * whose answer was lost that the row is its own.
 */
type RequestRow = Readonly<{
  _id: string;
  workspace: WorkspaceId;
  fingerprint: string;
  leaseUntil: number;
  expiresAt: Date;
  answer?: StoredAnswer;
  contact?: ContactId;
  mark?: string;
}>;

export const requestRows: Collection<RequestRow> = {
  name: 'idempotency',
  fields: {
    workspace: String,
    fingerprint: String,
    leaseUntil: Number,
    expiresAt: Date,
    answer: json,
    contact: String,
    mark: String,
  },
  personal: {
    ownerOf: ({ contact }) => contact as string | undefined,
    parts: { told: ['answer.body'] },
    erased: { 'answer.body': null },
  },
  indexes: [
    [{ expiresAt: 1 }, { expireAfterSeconds: 0 }],
    [{ workspace: 1, contact: 1 }, { partialFilterExpression: { contact: { $exists: true } } }],
  ],
};

export function createIdempotency(
  connection: Connection,
  scope: StoreScope,
  digests: Digests,
): Idempotency {
  const rows = createRows<RequestRow>(connection, requestRows, scope);
  const idOf = (workspace: WorkspaceId, { route, key }: KeyedRequest) =>
    digests.of(JSON.stringify([workspace, route, key]));
  return {
    begin: async (workspace, request, keeping) => {
      const _id = await idOf(workspace, request);
      const fingerprint = await digests.keyed(request.fingerprint);
      return begin(rows, rowOf({ _id, workspace, fingerprint }, keeping), keeping);
    },
    finish: async (workspace, request, { status, body, contact }) => {
      const running = { _id: await idOf(workspace, request), answer: { $exists: false } };
      const answer = storableJson({ status, body });
      await rows.change(running, { $set: { answer, ...(contact !== undefined && { contact }) } });
    },
    forget: async (workspace, request, { now, leaseMs }) => {
      const own = { _id: await idOf(workspace, request), leaseUntil: now + leaseMs };
      await rows.remove({ ...own, answer: { $exists: false } });
    },
    erase: async (workspace, contacts) => {
      const told = await rows.all({ workspace, contact: oneOf(contacts) });
      for (const { _id } of told) await rows.remove({ workspace, _id });
    },
  };
}

async function begin(rows: Rows<RequestRow>, row: RequestRow, { now }: Keeping): Promise<Begun> {
  if (await rows.insert(row)) return { kind: 'begun' };
  const { _id, ...fresh } = row;
  const isPast = { expiresAt: { $lte: new Date(now) } };
  const isLeft = {
    fingerprint: row.fingerprint,
    answer: { $exists: false },
    leaseUntil: { $lte: now },
  };
  const change = { $set: fresh, $unset: { answer: 1, contact: 1 } };
  if (await rows.change({ _id, $or: [isPast, isLeft] }, change)) return { kind: 'begun' };
  return standingOf(await rows.first({ _id }), row);
}

/** A missing row was freed at this moment, so the next repeat finds it free. */
function standingOf(found: RequestRow | undefined, { fingerprint, mark }: RequestRow): Begun {
  if (found && found.mark === mark) return { kind: 'begun' };
  if (found && found.fingerprint !== fingerprint) return { kind: 'reused' };
  return found?.answer ? { kind: 'answered', answer: found.answer } : { kind: 'running' };
}

/** Keyed digests, because a client may put anything into its key and body. */
function rowOf(
  request: Pick<RequestRow, '_id' | 'workspace' | 'fingerprint'>,
  { now, leaseMs, keepMs }: Keeping,
): RequestRow {
  return {
    ...request,
    leaseUntil: now + leaseMs,
    expiresAt: new Date(now + keepMs),
    mark: randomUUID(),
  };
}

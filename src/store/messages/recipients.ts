import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Instant } from '../../core/time/clock';
import type { ChannelName } from '../../core/contacts/contact';
import type { ContactId, JourneyId, StepId, WorkspaceId } from '../../core/ids';
import { type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { oneOf } from '../mongo/one-of';
import { createRows, type Rows } from '../mongo/rows';

/** The address that a step of a journey writes to, for a key. Its case does not matter. */
export type Recipient = Readonly<{
  journey: JourneyId;
  key: string;
  step: StepId;
  channel: ChannelName;
  address: string;
}>;

/**
 * Asks for an address at `at`, for a contact under all its ids. Another contact's message counts if
 * it went there later than `since`. The record is kept until `until`, in real milliseconds.
 */
export type Asking = Readonly<{
  contacts: readonly [ContactId, ...ContactId[]];
  at: Instant;
  since: Instant;
  until: number;
}>;

/** Keeps for each address which contact a step has written to. Only a digest of it is stored. */
export type Recipients = Readonly<{
  /** Takes an address for a contact; false where it is another's. A repeat answers alike. */
  take: (workspace: WorkspaceId, recipient: Recipient, asking: Asking) => Promise<boolean>;
  /** Gives an address back that a contact has taken. */
  release: (workspace: WorkspaceId, recipient: Recipient, contact: ContactId) => Promise<void>;
}>;

type RecipientRow = Readonly<{
  _id: string;
  workspace: WorkspaceId;
  contact: ContactId;
  at: Instant;
  expiresAt: Date;
}>;

const collection: Collection<RecipientRow> = {
  name: 'recipients',
  fields: { workspace: String, contact: String, at: Number, expiresAt: Date },
  indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
};

export function createRecipients(connection: Connection, scope: StoreScope): Recipients {
  const rows = createRows<RecipientRow>(connection, collection, scope);
  return {
    take: (workspace, recipient, asking) => take(rows, { workspace, recipient }, asking),
    release: async (workspace, recipient, contact) => {
      await rows.remove({ workspace, _id: digestOf(workspace, recipient), contact });
    },
  };
}

type Wanted = Readonly<{ workspace: WorkspaceId; recipient: Recipient }>;

async function take(
  rows: Rows<RecipientRow>,
  { workspace, recipient }: Wanted,
  { contacts, at, since, until }: Asking,
): Promise<boolean> {
  const _id = digestOf(workspace, recipient);
  const taken = { contact: contacts[0], at, expiresAt: new Date(until) };
  if (await rows.insert({ _id, workspace, ...taken })) return true;
  const isFree = { $or: [{ contact: oneOf(contacts) }, { at: { $lte: since } }] };
  return rows.change({ workspace, _id, ...isFree }, { $set: taken });
}

function digestOf(
  workspace: WorkspaceId,
  { journey, key, step, channel, address }: Recipient,
): string {
  const text = JSON.stringify([workspace, journey, key, step, channel, address.toLowerCase()]);
  return createHash('sha256').update(text).digest('base64url');
}

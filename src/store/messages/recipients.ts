import type { Connection } from 'mongoose';
import type { Instant } from '../../core/time/clock';
import type { ChannelName } from '../../core/channels';
import type { ContactId, JourneyId, MessageId, StepId, WorkspaceId } from '../../core/ids';
import { type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { oneOf } from '../mongo/one-of';
import { createRows, type Rows } from '../mongo/rows';
import type { Digests } from '../secrets/digests';

/** The address that a step of a journey writes to, for a key. Its case does not matter. */
export type Recipient = Readonly<{
  journey: JourneyId;
  key: string;
  step: StepId;
  channel: ChannelName;
  address: string;
}>;

/**
 * A message asks for an address at `at`, for a contact under all its ids. Another contact's message
 * counts if it went there later than `since`. The record is kept until `until`, in real
 * milliseconds.
 */
export type Asking = Readonly<{
  contacts: readonly [ContactId, ...ContactId[]];
  message: MessageId;
  at: Instant;
  since: Instant;
  until: number;
  /** A message of another contact that has the address and was not sent. */
  insteadOf?: MessageId;
}>;

/** `by` is the message of another contact; absent where none is known. */
export type AddressTaken = Readonly<{ kind: 'taken' }> | Readonly<{ kind: 'held'; by?: MessageId }>;

/** Keeps for each address which contact a step has written to. Only a digest of it is stored. */
export type Recipients = Readonly<{
  /** Takes an address for a contact, unless it is another's. A repeat answers alike. */
  take: (workspace: WorkspaceId, recipient: Recipient, asking: Asking) => Promise<AddressTaken>;
}>;

type RecipientRow = Readonly<{
  _id: string;
  workspace: WorkspaceId;
  contact: ContactId;
  message?: MessageId;
  at: Instant;
  expiresAt: Date;
}>;

export const recipientRows: Collection<RecipientRow> = {
  name: 'recipients',
  fields: { workspace: String, contact: String, message: String, at: Number, expiresAt: Date },
  indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
};

export function createRecipients(
  connection: Connection,
  scope: StoreScope,
  digests: Digests,
): Recipients {
  const rows = createRows<RecipientRow>(connection, recipientRows, scope);
  return {
    take: async (workspace, recipient, asking) => {
      const _id = await digests.of(textOf(workspace, recipient));
      return take(rows, { _id, workspace }, asking);
    },
  };
}

type Wanted = Pick<RecipientRow, '_id' | 'workspace'>;

async function take(
  rows: Rows<RecipientRow>,
  { _id, workspace }: Wanted,
  { contacts, message, at, since, until, insteadOf }: Asking,
): Promise<AddressTaken> {
  const fresh = { contact: contacts[0], message, at, expiresAt: new Date(until) };
  if (await rows.insert({ _id, workspace, ...fresh })) return { kind: 'taken' };
  const given = insteadOf === undefined ? [] : [{ message: insteadOf }];
  const isFree = { $or: [{ contact: oneOf(contacts) }, { at: { $lte: since } }, ...given] };
  if (await rows.change({ workspace, _id, ...isFree }, { $set: fresh })) return { kind: 'taken' };
  const by = (await rows.first({ workspace, _id }))?.message;
  return { kind: 'held', ...(by !== undefined && { by }) };
}

function textOf(
  workspace: WorkspaceId,
  { journey, key, step, channel, address }: Recipient,
): string {
  return JSON.stringify([workspace, journey, key, step, channel, address.toLowerCase()]);
}

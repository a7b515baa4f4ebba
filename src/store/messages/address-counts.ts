import type { Connection } from 'mongoose';
import type { ChannelName } from '../../core/channels';
import type { MessageId, WorkspaceId } from '../../core/ids';
import type { Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { createRows, type Rows } from '../mongo/rows';
import type { Digests } from '../secrets/digests';

/** An address on a day, counted in days since 1970. The case of the address does not matter. */
export type AddressDay = Readonly<{ channel: ChannelName; address: string; day: number }>;

/** At most `most` messages are counted. The row is kept until `until`, in real milliseconds. */
export type Counting = Readonly<{ message: MessageId; most: number; until: number }>;

/** Counts the messages to an address on a day. Only a digest of the address is stored. */
export type AddressCounts = Readonly<{
  /** False where the day has no room for the message. A repeat of a message counts once. */
  count: (workspace: WorkspaceId, place: AddressDay, counting: Counting) => Promise<boolean>;
  /** Takes a message out that was held back after all. */
  discount: (workspace: WorkspaceId, place: AddressDay, message: MessageId) => Promise<void>;
}>;

type AddressCountRow = Readonly<{
  _id: string;
  workspace: WorkspaceId;
  messages: readonly MessageId[];
  expiresAt: Date;
}>;

const collection: Collection<AddressCountRow> = {
  name: 'addresscounts',
  fields: { workspace: String, messages: [String], expiresAt: Date },
  indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
};

export function createAddressCounts(
  connection: Connection,
  scope: StoreScope,
  digests: Digests,
): AddressCounts {
  const rows = createRows<AddressCountRow>(connection, collection, scope);
  const idOf = (workspace: WorkspaceId, place: AddressDay) => digests.of(textOf(workspace, place));
  return {
    count: async (workspace, place, counting) =>
      count(rows, { _id: await idOf(workspace, place), workspace }, counting),
    discount: async (workspace, place, message) => {
      const _id = await idOf(workspace, place);
      await rows.change({ workspace, _id }, { $pull: { messages: message } });
    },
  };
}

/** Each write finds room and takes it at once. */
async function count(
  rows: Rows<AddressCountRow>,
  own: Pick<AddressCountRow, '_id' | 'workspace'>,
  { message, most, until }: Counting,
): Promise<boolean> {
  const first = { ...own, messages: [message], expiresAt: new Date(until) };
  if (await rows.insert(first)) return true;
  const hasRoom = { [`messages.${most - 1}`]: { $exists: false } };
  const isCountable = { $or: [{ messages: message }, hasRoom] };
  return rows.change({ ...own, ...isCountable }, { $addToSet: { messages: message } });
}

function textOf(workspace: WorkspaceId, { channel, address, day }: AddressDay): string {
  return JSON.stringify([workspace, channel, address.toLowerCase(), day]);
}

import type { Connection } from 'mongoose';
import type { Instant } from '../core/time/clock';
import type { ChannelName, Purpose } from '../core/channels';
import { suppressionReasons } from '../core/decisions/reasons';
import type { WorkspaceId } from '../core/ids';
import type { Suppression } from '../core/messages/suppression';
import { type Collection } from './mongo/collection';
import type { StoreScope } from './mongo/connection';
import { oneOf } from './mongo/one-of';
import { createRows, type Rows } from './mongo/rows';
import { plainDigestOf, type Digests } from './secrets/digests';

/** A suppression with the address that it is about. */
export type SuppressedAddress = Suppression & Readonly<{ address: string }>;

type AddressInChannel = Readonly<{ channel: ChannelName; address: string }>;

/** A consent of the person, given at `at`. */
type Resubscription = AddressInChannel & Readonly<{ purpose: Purpose; at: Instant }>;

/** The addresses not to write to. Only a digest of an address is kept; its case does not matter. */
export type Suppressions = Readonly<{
  /** Adds a reason against an address. A repeat changes nothing but the date of a withdrawal. */
  suppress: (workspace: WorkspaceId, suppression: SuppressedAddress) => Promise<void>;
  /** Lifts the withdrawals that came before a consent, and no other reason. */
  resubscribe: (workspace: WorkspaceId, resubscription: Resubscription) => Promise<void>;
  /** Lifts every reason but withdrawals, which only the person takes back. */
  lift: (workspace: WorkspaceId, of: AddressInChannel) => Promise<void>;
  /**
   * Answers every reason, the strongest first. Inside `causally` it misses none acknowledged
   * before.
   */
  ofAddress: (
    workspace: WorkspaceId,
    channel: ChannelName,
    address: string,
  ) => Promise<readonly Suppression[]>;
}>;

type SuppressionRow = Suppression &
  Readonly<{ _id: string; workspace: WorkspaceId; digest: string }>;

export const suppressionRows: Collection<SuppressionRow> = {
  name: 'suppressions',
  fields: {
    workspace: String,
    channel: String,
    digest: String,
    because: String,
    purpose: String,
    at: Number,
  },
  indexes: [[{ workspace: 1, digest: 1 }]],
};

export function createSuppressions(
  connection: Connection,
  scope: StoreScope,
  digests: Digests,
): Suppressions {
  const rows = createRows<SuppressionRow>(connection, suppressionRows, scope);
  const rowsOf = async (workspace: WorkspaceId, channel: ChannelName, address: string) => {
    const text = textOf(workspace, channel, address);
    // A process of version 0.1 may still write plain ones.
    const digest = oneOf([await digests.of(text), plainDigestOf(text)]);
    return rows.allStrictly({ workspace, digest });
  };
  return {
    suppress: async (workspace, suppression) => {
      const { channel, address, ...facts } = suppression;
      const digest = await digests.of(textOf(workspace, channel, address));
      await suppress(rows, { workspace, digest, channel, ...facts });
    },
    resubscribe: async (workspace, { channel, address, purpose, at }) => {
      const found = await rowsOf(workspace, channel, address);
      const taken = found.filter((row) => isAnswered(row, purpose));
      for (const { _id } of taken) await rows.remove({ workspace, _id, at: { $lte: at } });
    },
    lift: async (workspace, { channel, address }) => {
      const found = await rowsOf(workspace, channel, address);
      const lifted = found.filter(({ because }) => because !== 'unsubscribed');
      for (const { _id } of lifted) await rows.remove({ workspace, _id });
    },
    ofAddress: async (workspace, channel, address) =>
      (await rowsOf(workspace, channel, address)).map(suppressionOf).toSorted(strongestFirst),
  };
}

async function suppress(
  rows: Rows<SuppressionRow>,
  suppression: Omit<SuppressionRow, '_id'>,
): Promise<void> {
  const { workspace, digest, because, purpose, at } = suppression;
  const _id = [digest, because, ...(purpose === undefined ? [] : [purpose])].join('/');
  const isNew = await rows.insert({ _id, ...suppression });
  if (isNew || because !== 'unsubscribed') return;
  await rows.change({ workspace, _id, at: { $lt: at } }, { $set: { at } });
}

function isAnswered({ because, purpose }: SuppressionRow, given: Purpose): boolean {
  return because === 'unsubscribed' && (purpose === undefined || purpose === given);
}

function textOf(workspace: WorkspaceId, channel: ChannelName, address: string): string {
  return JSON.stringify([workspace, channel, address.toLowerCase()]);
}

function strongestFirst(left: Suppression, right: Suppression): number {
  return suppressionReasons.indexOf(left.because) - suppressionReasons.indexOf(right.because);
}

function suppressionOf({ channel, because, purpose, at }: SuppressionRow): Suppression {
  return { channel, because, at, ...(purpose !== undefined && { purpose }) };
}

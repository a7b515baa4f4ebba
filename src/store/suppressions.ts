import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Instant } from '../core/time/clock';
import type { ChannelName } from '../core/contacts/contact';
import { suppressionReasons, type SuppressionReason } from '../core/decisions/reasons';
import type { WorkspaceId } from '../core/ids';
import { type Collection } from './mongo/collection';
import type { StoreScope } from './mongo/connection';
import { createRows } from './mongo/rows';

export type Suppression = Readonly<{
  channel: ChannelName;
  because: SuppressionReason;
  at: Instant;
}>;

/** The addresses not to write to. Only a digest of an address is kept; its case does not matter. */
export type Suppressions = Readonly<{
  /** Adds a reason against an address; a repeat changes nothing. */
  suppress: (
    workspace: WorkspaceId,
    suppression: Suppression & Readonly<{ address: string }>,
  ) => Promise<void>;
  /** Answers the strongest reason; inside `causally` it misses none acknowledged before. */
  find: (
    workspace: WorkspaceId,
    channel: ChannelName,
    address: string,
  ) => Promise<Suppression | undefined>;
  /** Answers every reason, the strongest first. */
  ofAddress: (
    workspace: WorkspaceId,
    channel: ChannelName,
    address: string,
  ) => Promise<readonly Suppression[]>;
}>;

type SuppressionRow = Suppression &
  Readonly<{ _id: string; workspace: WorkspaceId; digest: string }>;

const collection: Collection<SuppressionRow> = {
  name: 'suppressions',
  fields: { workspace: String, channel: String, digest: String, because: String, at: Number },
  indexes: [[{ workspace: 1, digest: 1 }]],
};

export function createSuppressions(connection: Connection, scope: StoreScope): Suppressions {
  const rows = createRows<SuppressionRow>(connection, collection, scope);
  const ofAddress: Suppressions['ofAddress'] = async (workspace, channel, address) => {
    const digest = digestOf(workspace, channel, address);
    const found = await rows.allStrictly({ workspace, digest });
    return found.map(suppressionOf).toSorted(strongestFirst);
  };
  return {
    suppress: async (workspace, { address, ...suppression }) => {
      const digest = digestOf(workspace, suppression.channel, address);
      const _id = `${digest}/${suppression.because}`;
      await rows.insert({ _id, workspace, digest, ...suppression });
    },
    find: async (workspace, channel, address) => (await ofAddress(workspace, channel, address))[0],
    ofAddress,
  };
}

function digestOf(workspace: WorkspaceId, channel: ChannelName, address: string): string {
  const text = JSON.stringify([workspace, channel, address.toLowerCase()]);
  return createHash('sha256').update(text).digest('base64url');
}

function strongestFirst(left: Suppression, right: Suppression): number {
  return suppressionReasons.indexOf(left.because) - suppressionReasons.indexOf(right.because);
}

function suppressionOf({ channel, because, at }: SuppressionRow): Suppression {
  return { channel, because, at };
}

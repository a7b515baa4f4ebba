import type { Connection } from 'mongoose';
import type { Instant } from '../journeys/clock';
import type { WorkspaceId } from '../journeys/ids';
import { type Collection } from './collection';
import type { Scope } from './connection';
import { createRows } from './rows';

/** An API key as it is stored: never the key itself. Whether it has expired is for the caller to see. */
export type ApiKey = Readonly<{
  hash: string;
  workspace: WorkspaceId;
  name: string;
  scopes: readonly string[];
  expiresAt?: Instant;
}>;

export type Keys = Readonly<{
  /** Stores a key once by its hash; a repeat changes nothing. */
  put: (key: ApiKey) => Promise<void>;
  /** The one verb without a workspace, because the key says which. */
  findByHash: (hash: string) => Promise<ApiKey | undefined>;
}>;

type KeyRow = Omit<ApiKey, 'hash'> & Readonly<{ _id: string }>;

const collection: Collection = {
  name: 'keys',
  fields: { workspace: String, name: String, scopes: [String], expiresAt: Number },
  indexes: [[{ workspace: 1 }]],
};

export function createKeys(connection: Connection, scope: Scope): Keys {
  const rows = createRows<KeyRow>(connection, collection, scope);
  return {
    put: async ({ hash, ...key }) => {
      await rows.insert({ _id: hash, ...key });
    },
    findByHash: async (hash) => {
      const row = await rows.first({ _id: hash });
      if (!row) return undefined;
      const { _id, ...key } = row;
      return { hash: _id, ...key };
    },
  };
}

import type { Connection } from 'mongoose';
import type { Instant } from '../core/time/clock';
import type { ApiKeyId, WorkspaceId } from '../core/ids';
import { type Collection } from './mongo/collection';
import type { StoreScope } from './mongo/connection';
import { mapPage, type Page, type PageRequest } from './mongo/page';
import { createRows } from './mongo/rows';
import { refuseOneMore } from './quotas';

/** An API key as it is stored, by its hash. The caller checks whether it has expired. */
export type ApiKey = Readonly<{
  id: ApiKeyId;
  hash: string;
  workspace: WorkspaceId;
  name: string;
  scopes: readonly string[];
  expiresAt?: Instant;
  createdAt: Instant;
}>;

/** The API keys of all workspaces. */
export type Keys = Readonly<{
  /**
   * Stores a key once by its id and its hash; a repeat changes nothing. Throws DomainError
   * `invalid` where the workspace has as many as it may have.
   */
  put: (key: ApiKey) => Promise<void>;
  /** Takes no workspace, because the key names it. */
  findByHash: (hash: string) => Promise<ApiKey | undefined>;
  /** The newest first. */
  list: (workspace: WorkspaceId, page: PageRequest) => Promise<Page<ApiKey>>;
  /** Removes a key and answers it; undefined where there is none. */
  remove: (workspace: WorkspaceId, id: ApiKeyId) => Promise<ApiKey | undefined>;
}>;

type KeyRow = Omit<ApiKey, 'id'> & Readonly<{ _id: ApiKeyId }>;

const collection: Collection<KeyRow> = {
  name: 'keys',
  fields: {
    hash: String,
    workspace: String,
    name: String,
    scopes: [String],
    expiresAt: Number,
    createdAt: Number,
  },
  indexes: [[{ hash: 1 }, { unique: true }], [{ workspace: 1, createdAt: -1, _id: -1 }]],
};

export function createKeys(connection: Connection, scope: StoreScope): Keys {
  const rows = createRows<KeyRow>(connection, collection, scope);
  return {
    put: async ({ id, ...key }) => {
      await refuseOneMore(key.workspace, { rows, things: 'keys' });
      await rows.insert({ _id: id, ...key });
    },
    findByHash: async (hash) => optional(await rows.first({ hash })),
    list: async (workspace, request) =>
      mapPage(await rows.page({ workspace }, 'createdAt', request), keyOf),
    remove: async (workspace, id) => {
      const own = { workspace, _id: id };
      const row = await rows.first(own);
      if (row) await rows.remove(own);
      return optional(row);
    },
  };
}

function optional(row: KeyRow | undefined): ApiKey | undefined {
  return row && keyOf(row);
}

function keyOf({ _id, ...key }: KeyRow): ApiKey {
  return { id: _id, ...key };
}

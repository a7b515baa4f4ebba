import type { Connection } from 'mongoose';
import type { WorkspaceId } from '../journeys/ids';
import type { Workspace } from '../journeys/workspace';
import { json, type Collection } from './collection';
import type { Scope } from './connection';
import { createRows } from './rows';

export type Workspaces = Readonly<{
  find: (id: WorkspaceId) => Promise<Workspace | undefined>;
  /** Replaces the workspace whole. */
  put: (workspace: Workspace) => Promise<void>;
  /** Creates it where it is missing, and answers what is stored. */
  ensure: (workspace: Workspace) => Promise<Workspace>;
}>;

type WorkspaceRow = Readonly<{ _id: WorkspaceId; facts: Omit<Workspace, 'id'> }>;

const collection: Collection = { name: 'workspaces', fields: { facts: json } };

export function createWorkspaces(connection: Connection, scope: Scope): Workspaces {
  const rows = createRows<WorkspaceRow>(connection, collection, scope);
  const find = async (id: WorkspaceId) => {
    const row = await rows.first({ _id: id });
    return row && { id: row._id, ...row.facts };
  };
  return {
    find,
    put: async ({ id, ...facts }) => {
      await rows.change({ _id: id }, { $set: { facts } }, { upsert: true });
    },
    ensure: async ({ id, ...facts }) => {
      await rows.insert({ _id: id, facts });
      return (await find(id)) ?? { id, ...facts };
    },
  };
}

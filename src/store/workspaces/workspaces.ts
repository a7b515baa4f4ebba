import type { Connection } from 'mongoose';
import type { WorkspaceId } from '../../core/ids';
import type { Workspace } from '../../core/workspaces/workspace';
import { json, type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { createRows } from '../mongo/rows';

export type Workspaces = Readonly<{
  find: (id: WorkspaceId) => Promise<Workspace | undefined>;
  /** Replaces the workspace whole. */
  put: (workspace: Workspace) => Promise<void>;
  /** Creates it where it is missing, and answers what is stored. */
  ensure: (workspace: Workspace) => Promise<Workspace>;
}>;

type WorkspaceRow = Readonly<{ _id: WorkspaceId; facts: Omit<Workspace, 'id'> }>;

const collection: Collection<WorkspaceRow> = { name: 'workspaces', fields: { facts: json } };

export function createWorkspaces(connection: Connection, scope: StoreScope): Workspaces {
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

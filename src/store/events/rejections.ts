import type { Connection } from 'mongoose';
import type { Rejection } from '../../core/events/rejection';
import type { WorkspaceId } from '../../core/ids';
import { json, type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { mapPage, type Page, type PageRequest } from '../mongo/page';
import { createRows } from '../mongo/rows';

/** The messages that could not be used. */
export type Rejections = Readonly<{
  /** Kept until `until`, in real epoch milliseconds. */
  record: (workspace: WorkspaceId, rejection: Rejection, until: number) => Promise<void>;
  /** Latest first. */
  list: (workspace: WorkspaceId, page: PageRequest) => Promise<Page<Rejection>>;
}>;

type RejectionRow = Omit<Rejection, 'id'> &
  Readonly<{ _id: string; workspace: WorkspaceId; expiresAt: Date }>;

const collection: Collection<RejectionRow> = {
  name: 'rejections',
  fields: {
    workspace: String,
    at: Number,
    source: String,
    faults: json,
    messages: Number,
    expiresAt: Date,
  },
  personal: { ownerOf: () => undefined, parts: { faults: ['faults'] } },
  indexes: [[{ workspace: 1, at: -1, _id: -1 }], [{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
};

export function createRejections(connection: Connection, scope: StoreScope): Rejections {
  const rows = createRows<RejectionRow>(connection, collection, scope);
  return {
    record: async (workspace, { id, ...rejection }, until) => {
      await rows.insert({ _id: id, workspace, ...rejection, expiresAt: new Date(until) });
    },
    list: async (workspace, request) =>
      mapPage(await rows.page({ workspace }, 'at', request), rejectionOf),
  };
}

function rejectionOf({ _id, at, source, faults, messages }: RejectionRow): Rejection {
  return { id: _id, at, source, faults, ...(messages !== undefined && { messages }) };
}

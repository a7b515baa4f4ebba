import type { Connection } from 'mongoose';
import type { Instant } from '../core/time/clock';
import type { ContactId, EventKey, JourneyId, WorkspaceId } from '../core/ids';
import { json, type Collection } from './mongo/collection';
import type { StoreScope } from './mongo/connection';
import { rowId } from './mongo/row-id';
import { createRows, type Rows } from './mongo/rows';

type Start = Readonly<{ contact: ContactId; journey: JourneyId; event: EventKey }>;

/** Asks for a start at `at`. At most `starts` may be later than `since`. */
export type Reservation = Start & Readonly<{ at: Instant; starts: number; since: Instant }>;

/** The starts that each contact has used up in each journey. */
export type Limits = Readonly<{
  /** Takes a start; false where none is left. A repeat for the same event takes nothing more. */
  reserve: (workspace: WorkspaceId, reservation: Reservation) => Promise<boolean>;
  /** Gives the start of an event back. */
  release: (workspace: WorkspaceId, start: Start) => Promise<void>;
}>;

type LimitRow = Readonly<{
  _id: string;
  workspace: WorkspaceId;
  starts: readonly Readonly<{ event: EventKey; at: Instant }>[];
}>;

const collection: Collection<LimitRow> = {
  name: 'limits',
  fields: { workspace: String, starts: json },
};

export function createLimits(connection: Connection, scope: StoreScope): Limits {
  const rows = createRows<LimitRow>(connection, collection, scope);
  return {
    reserve: (workspace, reservation) => reserve(rows, workspace, reservation),
    release: async (workspace, { contact, journey, event }) => {
      const own = { _id: rowId(workspace, journey, contact) };
      await rows.change(own, { $pull: { starts: { event } } });
    },
  };
}

/** The last change counts and takes at once: its filter holds only below the limit. */
async function reserve(
  rows: Rows<LimitRow>,
  workspace: WorkspaceId,
  { contact, journey, event, at, starts, since }: Reservation,
): Promise<boolean> {
  const own = { _id: rowId(workspace, journey, contact) };
  if (await rows.first({ ...own, 'starts.event': event })) return true;
  const pruned = await rows.change(own, { $pull: { starts: { at: { $lte: since } } } });
  if (!pruned) await rows.insert({ ...own, workspace, starts: [] });
  const room = { [`starts.${starts - 1}`]: { $exists: false } };
  const taken = await rows.change(
    { ...own, ...room, 'starts.event': { $ne: event } },
    { $push: { starts: { event, at } } },
  );
  return taken || (await rows.first({ ...own, 'starts.event': event })) !== undefined;
}

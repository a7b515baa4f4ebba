import type { Connection } from 'mongoose';
import type { ContactId, WorkspaceId } from '../../core/ids';
import type { Contacted } from '../../core/messages/timing/caps';
import { json, type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { oneOf } from '../mongo/one-of';
import { rowId } from '../mongo/row-id';
import { createRows, type Rows } from '../mongo/rows';

/** A person under all ids. The row is kept under the first. */
export type CountedPerson = readonly [ContactId, ...ContactId[]];

/**
 * Decides over the messages of a person. It answers those to keep, or undefined to leave them. It
 * may be asked several times.
 */
export type Recount = (before: readonly Contacted[]) => readonly Contacted[] | undefined;

/** The messages that caps count, by person. */
export type Pressures = Readonly<{
  /**
   * Replaces what a person has got by compare-and-set, and says whether it did. The row is kept
   * until `until`, in real milliseconds.
   */
  recount: (
    workspace: WorkspaceId,
    person: CountedPerson,
    how: Readonly<{ recount: Recount; until: number }>,
  ) => Promise<boolean>;
}>;

type PressureRow = Readonly<{
  _id: string;
  workspace: WorkspaceId;
  messages: readonly Contacted[];
  revision: number;
  expiresAt: Date;
}>;

const collection: Collection<PressureRow> = {
  name: 'pressures',
  fields: { workspace: String, messages: json, revision: Number, expiresAt: Date },
  indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
};

export function createPressures(connection: Connection, scope: StoreScope): Pressures {
  const rows = createRows<PressureRow>(connection, collection, scope);
  return {
    recount: async (workspace, person, { recount, until }) => {
      const ids = person.map((contact) => rowId(workspace, contact));
      const own = { _id: rowId(workspace, person[0]), workspace };
      const expiresAt = new Date(until);
      for (;;) {
        const known = await rows.all({ workspace, _id: oneOf(ids) });
        const messages = recount(known.flatMap((row) => row.messages));
        if (!messages) return false;
        const before = known.find(({ _id }) => _id === own._id);
        if (await replace(rows, before, { ...own, messages, expiresAt })) return true;
      }
    },
  };
}

/** Always succeeds for a caller among several, so that all come to an end. */
function replace(
  rows: Rows<PressureRow>,
  before: PressureRow | undefined,
  { _id, workspace, ...fresh }: Omit<PressureRow, 'revision'>,
): Promise<boolean> {
  if (!before) return rows.insert({ _id, workspace, ...fresh, revision: 1 });
  const { revision } = before;
  const change = { $set: { ...fresh, revision: revision + 1 } };
  return rows.change({ workspace, _id, revision }, change);
}

import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { DomainError } from '../../core/domain-error';
import { type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { createRows } from '../mongo/rows';
import type { Sealing } from './sealing';

/** A key of 32 random bytes. Its id differs from that of every other key of the same name. */
export type DataKey = Readonly<{ id: string; bytes: Buffer }>;

/** Keys that the engine makes for itself. They take no workspace, because names are unique. */
export type DataKeys = Readonly<{
  find: (name: string) => Promise<DataKey | undefined>;
  /** Makes the key where there is none. Among concurrent callers all get the same. */
  ensure: (name: string) => Promise<DataKey>;
  /** Whatever a key has encrypted is unreadable afterwards, in every copy. */
  remove: (names: readonly string[]) => Promise<void>;
}>;

type KeyRow = Readonly<{ _id: string; key: string; sealed: string }>;

const collection: Collection<KeyRow> = {
  name: 'datakeys',
  fields: { key: String, sealed: String },
};

export function createDataKeys(
  connection: Connection,
  scope: StoreScope,
  sealing: Sealing,
): DataKeys {
  const rows = createRows<KeyRow>(connection, collection, scope);
  const find = async (name: string) => {
    const row = await rows.first({ _id: name });
    if (!row) return undefined;
    const { _id, key, sealed } = row;
    const bytes = opened(sealing, row);
    if (!sealing.isNewest(sealed)) {
      const fresh = sealing.seal(labelOf(row), bytes);
      await rows.change({ _id, sealed }, { $set: { sealed: fresh } });
    }
    return { id: key, bytes };
  };
  return {
    find,
    ensure: async (name) => {
      const found = await find(name);
      if (found) return found;
      const key = randomBytes(6).toString('base64url');
      const bytes = randomBytes(32);
      const sealed = sealing.seal(labelOf({ _id: name, key }), bytes);
      if (await rows.insert({ _id: name, key, sealed })) return { id: key, bytes };
      const others = await find(name);
      if (others) return others;
      throw new DomainError('unavailable', 'A key was removed at this moment; try again');
    },
    remove: async (names) => {
      for (const _id of names) await rows.remove({ _id });
    },
  };
}

/** A process with another ring must not take what waits for this key for spoilt. */
function opened(sealing: Sealing, row: KeyRow): Buffer {
  try {
    return sealing.open(labelOf(row), row.sealed);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DomainError('unavailable', `The key "${row._id}" cannot be opened. ${why}`);
  }
}

function labelOf({ _id, key }: Pick<KeyRow, '_id' | 'key'>): string {
  return `data-key\n${_id}\n${key}`;
}

import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { DomainError } from '../../core/domain-error';
import { type Collection } from '../mongo/collection';
import type { StoreScope } from '../mongo/connection';
import { grouped } from '../mongo/grouped';
import { oneOf } from '../mongo/one-of';
import { createRows, type Rows } from '../mongo/rows';
import type { Sealing } from './sealing';

/** A key of 32 random bytes. Its id differs from that of every other key of the same name. */
export type DataKey = Readonly<{ id: string; bytes: Buffer }>;

/** Keys that the engine makes for itself. They take no workspace, because names are unique. */
export type DataKeys = Readonly<{
  find: (name: string) => Promise<DataKey | undefined>;
  /** Makes the key where there is none. Among concurrent callers all get the same. */
  ensure: (name: string) => Promise<DataKey>;
  /** Like `ensure`, with one read less where there is none yet. */
  make: (name: string) => Promise<DataKey>;
  /** Seals at most `limit` keys of older rings anew. Answers how many it found. */
  reseal: (limit: number) => Promise<number>;
  /** Whatever a key has encrypted is unreadable afterwards, in every copy. */
  remove: (names: readonly string[]) => Promise<void>;
}>;

/** `ring` is the id of the key that has sealed the row. */
type KeyRow = Readonly<{ _id: string; key: string; ring: string; sealed: string }>;

const collection: Collection<KeyRow> = {
  name: 'datakeys',
  fields: { key: String, ring: String, sealed: String },
  indexes: [[{ ring: 1 }]],
};

export function createDataKeys(
  connection: Connection,
  scope: StoreScope,
  sealing: Sealing,
): DataKeys {
  const rows = createRows<KeyRow>(connection, collection, scope);
  const load = loader(rows);
  const find = async (name: string) => {
    const { row } = await load(name);
    return row && { id: row.key, bytes: opened(sealing, row) };
  };
  const make = async (name: string) => {
    const fresh = { id: randomBytes(6).toString('base64url'), bytes: randomBytes(32) };
    if (await rows.insert(sealed(sealing, name, fresh))) return fresh;
    const others = await find(name);
    if (others) return others;
    throw new DomainError('unavailable', 'A key was removed at this moment; try again');
  };
  return {
    find,
    make,
    ensure: async (name) => (await find(name)) ?? make(name),
    reseal: (limit) => reseal(rows, sealing, limit),
    remove: async (names) => {
      for (const _id of names) await rows.remove({ _id });
    },
  };
}

/** Concurrent reads share a command. */
function loader(rows: Rows<KeyRow>) {
  return grouped({
    run: async (names: readonly string[]) => {
      const found = await rows.all({ _id: oneOf([...new Set(names)]) });
      const byName = new Map(found.map((row) => [row._id, row]));
      return names.map((name) => ({ row: byName.get(name) }));
    },
    isItemsFault: () => false,
  });
}

async function reseal(rows: Rows<KeyRow>, sealing: Sealing, limit: number): Promise<number> {
  if (sealing.older.length === 0) return 0;
  const found = await rows.all({ ring: oneOf(sealing.older) }, { limit });
  for (const row of found) {
    const { ring, sealed: text } = sealed(sealing, row._id, {
      id: row.key,
      bytes: opened(sealing, row),
    });
    await rows.change({ _id: row._id, sealed: row.sealed }, { $set: { ring, sealed: text } });
  }
  return found.length;
}

function sealed(sealing: Sealing, name: string, { id, bytes }: DataKey): KeyRow {
  const row = { _id: name, key: id, ring: sealing.newest };
  return { ...row, sealed: sealing.seal(labelOf(row), bytes) };
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

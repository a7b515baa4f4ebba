import { DomainError } from '../../../core/domain-error';
import type { AnyCollection, Document } from '../collection';
import { valueAt, withValue } from './paths';
import type { Fields, Open, Personal, Vault } from './personal';
import { placeOf } from './seal-row';

/** The bytes of a part, as the driver reads them. */
type Stored = Readonly<{ buffer: Uint8Array; position: number }>;

/** Decrypts rows. Rows from before the ring pass as they are. */
export async function openRows(
  collection: AnyCollection,
  vault: Vault | undefined,
  rows: readonly Document[],
): Promise<readonly Document[]> {
  const parts = rows.flatMap((row) => partsIn(row).map(([, bytes]) => bytes));
  if (parts.length === 0) return rows;
  if (!vault) throw withoutRing(collection);
  const open = await vault.opening(parts);
  return rows.map((row) => openRow(collection, open, row));
}

function withoutRing({ name }: AnyCollection): DomainError {
  return new DomainError('unavailable', `Rows of ${name} are encrypted; set ITINERA_KEY_RING`);
}

function openRow({ name, personal }: AnyCollection, open: Open, row: Document): Document {
  const parts = partsIn(row);
  if (!personal || parts.length === 0) return row;
  const { sealed: _sealed, ...rest } = row;
  const found = parts.map(([part, bytes]) => open(placeOf(name, row['_id'], part), bytes));
  const told = found.filter((fields) => fields !== undefined);
  const opened = Object.entries(united(told)).reduce(
    (document, [path, value]) => withValue(document, path, value),
    rest,
  );
  return told.length < found.length ? withErased(personal, opened) : opened;
}

/** A list that has grown since is in several parts. */
function united(parts: readonly Fields[]): Fields {
  const fields: Record<string, unknown> = {};
  for (const [path, value] of parts.flatMap((part) => Object.entries(part))) {
    const before = fields[path];
    const isGrown = before !== undefined && Array.isArray(value);
    fields[path] = isGrown ? [...new Set([before, value].flat())] : value;
  }
  return fields;
}

function withErased({ erased = {} }: Personal, row: Document): Document {
  return Object.entries(erased).reduce(
    (document, [path, value]) =>
      valueAt(document, path) === undefined ? withValue(document, path, value) : document,
    row,
  );
}

function partsIn({ sealed }: Document): readonly (readonly [part: string, bytes: Buffer])[] {
  if (typeof sealed !== 'object' || sealed === null) return [];
  return Object.entries(sealed).flatMap(([part, stored]) =>
    [stored].flat().map((one: unknown) => [part, bytesOf(one)] as const),
  );
}

function bytesOf(stored: unknown): Buffer {
  const { buffer, position } = stored as Stored;
  return Buffer.from(buffer.buffer, buffer.byteOffset, position);
}

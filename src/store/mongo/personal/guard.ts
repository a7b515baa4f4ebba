import { rowReader, type AnyCollection, type Document } from '../collection';
import { bothForms, digestedFilter } from './digested';
import { openRows } from './open-rows';
import type { Vault } from './personal';
import { clearingChange, sealChange, type Change, type Changing } from './seal-change';
import { sealRow } from './seal-row';

type Projection = Readonly<Record<string, 1>>;

/** Encrypts what is personal before it is stored, and decrypts what is read. */
export type Guard = Readonly<{
  row: (row: Document) => Promise<Document>;
  change: (changing: Changing) => Promise<Change>;
  clearing: (change: Change) => Change;
  filter: (filter: Readonly<Document>) => Promise<Readonly<Document>>;
  values: (field: string, texts: readonly string[]) => Promise<readonly string[]>;
  fields: (fields: Projection) => Projection;
  open: (rows: readonly Document[]) => Promise<readonly Document[]>;
}>;

export function createGuard(collection: AnyCollection, vault: Vault | undefined): Guard {
  const { personal } = collection;
  const read = rowReader(collection);
  const open = (rows: readonly Document[]) => openRows(collection, vault, rows.map(read));
  if (!personal || !vault) return { ...unguarded, open };
  return {
    row: (row) => sealRow(collection, vault, row),
    change: (changing) => sealChange(collection, vault, changing),
    clearing: (change) => clearingChange(collection, change),
    filter: (filter) => digestedFilter(personal, vault, filter),
    values: (field, texts) =>
      personal.digested?.includes(field) ? bothForms(vault.digest, texts) : Promise.resolve(texts),
    fields: (fields) => withParts(personal.parts, fields),
    open,
  };
}

const unguarded: Omit<Guard, 'open'> = {
  row: (row) => Promise.resolve(row),
  change: ({ change }) => Promise.resolve(change),
  clearing: (change) => change,
  filter: (filter) => Promise.resolve(filter),
  values: (_field, texts) => Promise.resolve(texts),
  fields: (fields) => fields,
};

/** A field is asked for with the part that holds it. */
function withParts(
  parts: Readonly<Record<string, readonly string[]>>,
  fields: Projection,
): Projection {
  const asked = Object.keys(fields);
  const holds = (path: string) =>
    asked.some((field) => field === path || field.startsWith(`${path}.`));
  const needed = Object.entries(parts).filter(([, paths]) => paths.some(holds));
  return { ...fields, ...Object.fromEntries(needed.map(([part]) => [`sealed.${part}`, 1])) };
}

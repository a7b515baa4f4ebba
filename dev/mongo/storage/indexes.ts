import type { Doc } from './document';
import { CommandError } from '../failure';
import { indexKeyOf, isWithoutOrder, type KeyRange } from './index-key';
import type { IndexSpec } from './index-spec';
import { valuesAt } from '../query/paths';
import { createMatcher } from '../query/query';
import { SortedKeys } from './sorted-keys';

/** The documents that it covers are its entries: all, unless it is partial or sparse. */
export type Index = Readonly<{
  spec: IndexSpec;
  paths: readonly (readonly string[])[];
  covers: (doc: Doc) => boolean;
  entries: SortedKeys;
}>;

type Tuple = readonly unknown[];

export function createIndex(spec: IndexSpec): Index {
  const paths = Object.keys(spec.key).map((path) => path.split('.'));
  const matches = createMatcher(spec.partialFilterExpression ?? {});
  const present = (doc: Doc) =>
    paths.some((path) => valuesAt(doc, path).some((value) => value !== undefined));
  const covers = (doc: Doc) => matches(doc) && (spec.sparse !== true || present(doc));
  return { spec, paths, covers, entries: new SortedKeys() };
}

/** What putting a document, perhaps in the place of another, changes in an index. */
type Move = Readonly<{
  index: Index;
  doc: Doc;
  removed: readonly string[];
  added: readonly string[];
}>;

/** Nothing where the document's place in the index stays as it is. */
export function moveIn(
  index: Index,
  id: string,
  { before, doc }: Readonly<{ before?: Doc | undefined; doc: Doc }>,
): readonly Move[] {
  const removed = before ? entriesOf(index, id, before) : [];
  const added = entriesOf(index, id, doc);
  const stays =
    removed.length === added.length && removed.every((entry, at) => entry === added[at]);
  return stays ? [] : [{ index, doc, removed, added }];
}

/** Throws E11000 when another document already holds one of the keys. */
export function refuseDuplicate({ index, doc, added }: Move, namespace: string): void {
  if (index.spec.unique !== true) return;
  const taken = added.findIndex((entry) => isTaken(index, entry));
  if (taken >= 0) throw duplicateKey(index.spec, namespace, tuplesOf(index, doc)[taken] ?? []);
}

function isTaken(index: Index, entry: string): boolean {
  const place = entry.slice(0, entry.lastIndexOf(end) + 1);
  for (const holder of index.entries.startingWith(place)) {
    if (holder !== entry) return true;
  }
  return false;
}

export function carryOut({ index, removed, added }: Move): void {
  for (const entry of removed) index.entries.delete(entry);
  for (const entry of added) index.entries.add(entry);
}

export function removeEntries(index: Index, id: string, doc: Doc): void {
  for (const entry of entriesOf(index, id, doc)) index.entries.delete(entry);
}

/** The id of a document, and the keys of its entry that come after those that are held. */
export type Entry = Readonly<{ id: string; after: string }>;

/** Leading fields are held to `keys`, and the next lies in a range. */
export type Held = Readonly<{
  keys: readonly string[];
  range?: KeyRange | undefined;
  backwards?: boolean;
}>;

/** The entries in their order. */
export function* lookUp({ entries }: Index, { keys, range, backwards }: Held): Generator<Entry> {
  const prefix = prefixOf(keys);
  const found = range
    ? entries.between(`${prefix}${range.from}`, `${prefix}${range.to}`, backwards)
    : entries.startingWith(prefix, backwards);
  for (const entry of found) yield { id: idOf(entry), after: entry.slice(prefix.length) };
}

/** Refuses an entry whose next keys stand in no order. */
export function refuseWithoutOrder({ after }: Entry, fields: number): void {
  if (!after.split(end, fields).some(isWithoutOrder)) return;
  throw new CommandError('NotImplemented', 'Objects and arrays cannot be sorted by an index here');
}

export function duplicateKey(
  spec: Pick<IndexSpec, 'name' | 'key'>,
  namespace: string,
  tuple: Tuple,
): CommandError {
  const keyValue = Object.fromEntries(
    Object.keys(spec.key).map((path, at) => [path, tuple[at] ?? null]),
  );
  return new CommandError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: ${JSON.stringify(keyValue)}`,
    { keyPattern: spec.key, keyValue },
  );
}

// An entry is its keys, each closed by NUL, and the id; no key holds a NUL.
const end = '\u0000';

function entriesOf(index: Index, id: string, doc: Doc): readonly string[] {
  if (!index.covers(doc)) return [];
  return tuplesOf(index, doc).map((tuple) => `${prefixOf(tuple.map(indexKeyOf))}${id}`);
}

function prefixOf(keys: readonly string[]): string {
  return keys.map((key) => key + end).join('');
}

function idOf(entry: string): string {
  return entry.slice(entry.lastIndexOf(end) + 1);
}

function tuplesOf({ spec, paths }: Index, doc: Doc): readonly Tuple[] {
  const columns = paths.map((path) => valuesAt(doc, path));
  const arrays = paths.filter((_, at) => (columns[at]?.length ?? 0) > 1);
  const roots = new Set(arrays.map(([root]) => root));
  if (roots.size > 1 || (spec.unique === true && arrays.length > 1)) {
    throw new CommandError(
      'CannotIndexParallelArrays',
      `The index ${spec.name} meets two arrays in one document`,
    );
  }
  return columns.reduce<readonly Tuple[]>(
    (tuples, column) => tuples.flatMap((tuple) => column.map((value) => [...tuple, value])),
    [[]],
  );
}

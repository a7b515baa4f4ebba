import { Binary, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { isDoc, keyOf, type Doc } from '../storage/document';
import { inCodePointOrder } from '../storage/index-key';
import { CommandError } from '../failure';
import { isThroughArray, valuesAt } from './paths';

type SortKey = Readonly<{ path: readonly string[]; direction: 1 | -1 }>;

const ranks = [
  (value: unknown) => value instanceof MinKey,
  (value: unknown) => value === undefined || value === null,
  isNumeric,
  (value: unknown) => typeof value === 'string',
  isDoc,
  (value: unknown) => Array.isArray(value),
  (value: unknown) => value instanceof Binary,
  (value: unknown) => value instanceof ObjectId,
  (value: unknown) => typeof value === 'boolean',
  (value: unknown) => value instanceof Date,
  (value: unknown) => value instanceof Timestamp,
  (value: unknown) => value instanceof RegExp,
  (value: unknown) => value instanceof MaxKey,
] as const;
const numberRank = ranks.indexOf(isNumeric);

export function isNumeric(value: unknown): boolean {
  if (typeof value === 'number' || value instanceof Decimal128) return true;
  return value instanceof Long && !(value instanceof Timestamp);
}

/** MongoDB's order over values of all types: by type first, then by value. */
export function compareValues(left: unknown, right: unknown): number {
  const rank = rankOf(left);
  if (rank !== rankOf(right)) return rank - rankOf(right);
  if (isDoc(left) && isDoc(right)) return compareLists(Object.entries(left), Object.entries(right));
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right);
  const [a, b] = [sortable(left), sortable(right)];
  if (a === b) return 0;
  return a < b || Number.isNaN(a) ? -1 : 1;
}

function rankOf(value: unknown): number {
  if (typeof value === 'number') return numberRank;
  const rank = ranks.findIndex((matches) => matches(value));
  return rank === -1 ? ranks.length : rank;
}

function sortable(value: unknown): number | string {
  if (typeof value === 'string') return inCodePointOrder(value);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || value instanceof Date) return Number(value);
  if (value instanceof Long || value instanceof Decimal128) return Number(value.toString());
  return keyOf(value);
}

function compareLists(left: readonly unknown[], right: readonly unknown[]): number {
  for (const [index, item] of left.slice(0, right.length).entries()) {
    const order = compareValues(item, right[index]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/**
 * Documents ordered by a sort such as `{ at: -1, _id: 1 }`; an array counts by its least or
 * greatest item.
 */
export function sortDocs(docs: readonly Doc[], sort: Doc): readonly Doc[] {
  const keys = Object.entries(sort).map(([path, direction]) => sortKey(path, direction));
  if (keys.length === 0) return docs;
  const rows = docs.map((doc) => ({ doc, values: keys.map((key) => extreme(doc, key)) }));
  rows.sort((left, right) => {
    for (const [index, { direction }] of keys.entries()) {
      const order = direction * compareValues(left.values[index], right.values[index]);
      if (order !== 0) return order;
    }
    return 0;
  });
  return rows.map(({ doc }) => doc);
}

function sortKey(path: string, direction: unknown): SortKey {
  if (direction === 1 || direction === -1) return { path: path.split('.'), direction };
  throw new CommandError('BadValue', `The sort direction of '${path}' is neither 1 nor -1`);
}

function extreme(doc: Doc, { path, direction }: SortKey): unknown {
  if (isThroughArray(doc, path)) {
    throw new CommandError('NotImplemented', 'Sorting through arrays is not supported here');
  }
  const [first, ...others] = valuesAt(doc, path);
  return others.reduce(
    (best, value) => (direction * compareValues(value, best) < 0 ? value : best),
    first,
  );
}

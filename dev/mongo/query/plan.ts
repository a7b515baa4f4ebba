import { hasOperators, keyOf, type Doc } from '../storage/document';
import { indexKeyOf, rangeIn, type KeyRange } from '../storage/index-key';
import type { IndexSpec } from '../storage/index-spec';
import { lookUp, refuseWithoutOrder, type Entry, type Index } from '../storage/indexes';
import { merged, oneByOne } from './merge';

export const idIndex = { name: '_id_', key: { _id: 1 } } as const;

/**
 * `ids`: a superset of the matches, found without a scan; `rest`: what of the filter is still to be
 * tested. `scans` says how many stretches of the index are walked, and `isOrdered` whether the ids
 * come in the order that was asked for.
 */
export type Plan = Readonly<{
  index: Pick<IndexSpec, 'name' | 'key'>;
  scans: number;
  isOrdered: boolean;
  ids: Iterable<string>;
  rest: Doc;
}>;

type Equality = Readonly<{ values: readonly unknown[]; exact: boolean }>;

type Way = Readonly<{
  index: Index;
  leading: readonly (readonly [string, Equality])[];
  range: KeyRange | undefined;
  order: Order | undefined;
}>;

/** An index walked forward or backward gives an order by its next `fields`. */
type Order = Readonly<{ fields: number; backwards: boolean }>;

/**
 * How an index answers the filter: by `_id`, else by an index in the order of `sort`, else by the
 * index with the most leading fields held equal and then one within bounds. A partial index answers
 * a filter that says as much.
 */
export function planLookup(filter: Doc, sort: Doc, indexes: Iterable<Index>): Plan | undefined {
  const byId = equalityIn(filter['_id']);
  if (byId) {
    const ids = new Set(byId.values.map(keyOf));
    const rest = without(filter, [['_id', byId]]);
    return { index: idIndex, scans: 1, isOrdered: ids.size < 2, ids, rest };
  }
  const ways = [...indexes]
    .map((index) => wayOf(filter, sort, index))
    .filter((way) => way.leading.length > 0 && isWhole(way, filter))
    .sort((one, other) => reachOf(other) - reachOf(one));
  const best = shortestOf(ways);
  return best && planOf(best, filter);
}

/** Of ways that reach about as far, the one with the fewest entries, as far as they are counted. */
function shortestOf([best, ...others]: readonly Way[]): Way | undefined {
  if (!best) return undefined;
  const alike = others.filter((way) => reachOf(best) - reachOf(way) < 1);
  if (alike.length === 0) return best;
  const counted = [best, ...alike].map((way) => ({ way, entries: countOf(way) }));
  return counted.reduce((one, other) => (other.entries < one.entries ? other : one)).way;
}

const mostCounted = 100;

function countOf(way: Way): number {
  let count = 0;
  for (const _entry of oneByOne(walksOf(way))) if ((count += 1) === mostCounted) break;
  return count;
}

function planOf(way: Way, filter: Doc): Plan {
  return {
    index: way.index.spec,
    scans: tuplesOf(way).length,
    isOrdered: way.order !== undefined,
    ids: idsOf(way),
    rest: without(filter, way.leading),
  };
}

function wayOf(filter: Doc, sort: Doc, index: Index): Way {
  const paths = Object.keys(index.spec.key);
  const leading = leadingEqualities(filter, paths);
  const next = filter[paths[leading.length] ?? ''];
  const range = hasOperators(next) ? rangeIn(next) : undefined;
  return { index, leading, range, order: orderOf(sort, index, leading.length) };
}

/** Undefined where the fields after those held equal do not give this order. */
function orderOf(sort: Doc, { spec }: Index, held: number): Order | undefined {
  const wanted = Object.entries(sort);
  const next = Object.entries(spec.key).slice(held);
  const [first] = wanted;
  if (!first) return undefined;
  const isSame = wanted.every(([path, direction], at) => {
    const [nextPath, nextDirection] = next[at] ?? [];
    return path === nextPath && direction === first[1] && nextDirection === next[0]?.[1];
  });
  return isSame ? { fields: wanted.length, backwards: first[1] === -1 } : undefined;
}

/** A field of two values tells little apart. Among equals the smaller index is the better. */
function reachOf({ index, leading, range, order }: Way): number {
  const isPartial = index.spec.partialFilterExpression !== undefined;
  const held = leading.map(([, { values }]) =>
    values.every((value) => typeof value === 'boolean') ? 0.1 : 1,
  );
  const start = (order ? 100 : 0) + (range ? 0.5 : 0) + (isPartial ? 0.25 : 0);
  return held.reduce((sum, weight) => sum + weight, start);
}

/** True where no match can be missing from the entries of the index. */
function isWhole({ index, leading }: Way, filter: Doc): boolean {
  const { partialFilterExpression = {}, sparse = false } = index.spec;
  const isPresent = leading.some(([, equality]) => holdsNothingNull(equality));
  if (sparse && !isPresent) return false;
  return Object.entries(partialFilterExpression).every(([path, clause]) =>
    saysAsMuch(equalityIn(filter[path]), clause),
  );
}

function saysAsMuch(said: Equality | undefined, clause: unknown): boolean {
  if (!said) return false;
  if (!hasOperators(clause)) return said.values.every((value) => keyOf(value) === keyOf(clause));
  return keyOf(clause) === keyOf({ $exists: true }) && holdsNothingNull(said);
}

function holdsNothingNull({ values }: Equality): boolean {
  return !values.includes(null);
}

/** The keys of the leading fields, one tuple for each combination of what they accept. */
function tuplesOf({ leading }: Way): readonly (readonly string[])[] {
  return leading.reduce<readonly (readonly string[])[]>(
    (prefixes, [, { values }]) => {
      const keys = [...new Set(values.map(indexKeyOf))];
      return prefixes.flatMap((prefix) => keys.map((key) => [...prefix, key]));
    },
    [[]],
  );
}

function walksOf(way: Way): readonly Generator<Entry>[] {
  const { index, range, order } = way;
  const backwards = order?.backwards === true;
  return tuplesOf(way).map((keys) => lookUp(index, { keys, range, backwards }));
}

function* idsOf(way: Way): Generator<string> {
  const { order } = way;
  const walks = walksOf(way);
  const seen = new Set<string>();
  for (const entry of order ? merged(walks, order.backwards) : oneByOne(walks)) {
    if (order) refuseWithoutOrder(entry, order.fields);
    if (!seen.has(entry.id)) yield entry.id;
    seen.add(entry.id);
  }
}

function leadingEqualities(
  filter: Doc,
  paths: readonly string[],
): readonly (readonly [string, Equality])[] {
  const leading: (readonly [string, Equality])[] = [];
  for (const path of paths) {
    const equality = equalityIn(filter[path]);
    if (!equality) break;
    leading.push([path, equality]);
  }
  return leading;
}

/**
 * The values a clause such as `5`, `{ $eq: 5 }` or `{ $in: [5, 6] }` accepts; `exact` when it says
 * nothing more.
 */
function equalityIn(clause: unknown): Equality | undefined {
  if (!hasOperators(clause)) return equality([clause], true);
  const accepted = '$eq' in clause ? [clause['$eq']] : clause['$in'];
  return Array.isArray(accepted) ? equality(accepted, Object.keys(clause).length === 1) : undefined;
}

function equality(values: readonly unknown[], alone: boolean): Equality | undefined {
  const comparable = values.every(
    (value) => value !== undefined && !Array.isArray(value) && !(value instanceof RegExp),
  );
  return comparable ? { values, exact: alone && !values.includes(null) } : undefined;
}

function without(filter: Doc, leading: readonly (readonly [string, Equality])[]): Doc {
  const answered = new Set(leading.filter(([, { exact }]) => exact).map(([path]) => path));
  return Object.fromEntries(Object.entries(filter).filter(([path]) => !answered.has(path)));
}

import { hasOperators, keyOf, type Doc } from '../storage/document';
import { indexKeyOf, rangeIn, type KeyRange } from '../storage/index-key';
import { lookUp, type Index } from '../storage/indexes';

/**
 * `ids`: a superset of the matches, found without a scan; `rest`: what of the filter is still to be
 * tested.
 */
export type Plan = Readonly<{ ids: Iterable<string>; rest: Doc }>;

type Equality = Readonly<{ values: readonly unknown[]; exact: boolean }>;

type Way = Readonly<{
  index: Index;
  leading: readonly (readonly [string, Equality])[];
  range: KeyRange | undefined;
}>;

/**
 * How an index answers the filter: by `_id`, else by the index with the most leading fields held
 * equal and then one within bounds. A partial index answers a filter that says as much.
 */
export function planLookup(filter: Doc, indexes: Iterable<Index>): Plan | undefined {
  const byId = equalityIn(filter['_id']);
  if (byId) {
    const ids = new Set(byId.values.map(keyOf));
    return { ids, rest: without(filter, [['_id', byId]]) };
  }
  const [best] = [...indexes]
    .map((index) => wayOf(filter, index))
    .filter((way) => way.leading.length > 0 && isWhole(way, filter))
    .sort((one, other) => reachOf(other) - reachOf(one));
  return best && { ids: idsOf(best), rest: without(filter, best.leading) };
}

function wayOf(filter: Doc, index: Index): Way {
  const paths = Object.keys(index.spec.key);
  const leading = leadingEqualities(filter, paths);
  const next = filter[paths[leading.length] ?? ''];
  return { index, leading, range: hasOperators(next) ? rangeIn(next) : undefined };
}

/** Among equals the smaller index is the better. */
function reachOf({ index, leading, range }: Way): number {
  const isPartial = index.spec.partialFilterExpression !== undefined;
  return leading.length + (range ? 0.5 : 0) + (isPartial ? 0.25 : 0);
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

function* idsOf({ index, leading, range }: Way): Generator<string> {
  const tuples = leading.reduce<readonly (readonly string[])[]>(
    (prefixes, [, { values }]) => {
      const keys = [...new Set(values.map(indexKeyOf))];
      return prefixes.flatMap((prefix) => keys.map((key) => [...prefix, key]));
    },
    [[]],
  );
  const seen = new Set<string>();
  for (const tuple of tuples) {
    for (const id of lookUp(index, tuple, range)) {
      if (!seen.has(id)) yield id;
      seen.add(id);
    }
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

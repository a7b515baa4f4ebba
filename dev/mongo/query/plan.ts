import { hasOperators, isDoc, keyOf, type Doc } from '../storage/document';
import { lookUp, type Index } from '../storage/indexes';

/**
 * `ids`: a superset of the matches, found without a scan; `rest`: what of the filter is still to be
 * tested.
 */
export type Plan = Readonly<{ ids: Iterable<string>; rest: Doc }>;

type Equality = Readonly<{ keys: readonly string[]; exact: boolean }>;

/**
 * How an index answers the filter: by `_id`, else by the index with the most leading fields held
 * equal.
 */
export function planLookup(filter: Doc, indexes: Iterable<Index>): Plan | undefined {
  const byId = equalityIn(filter['_id']);
  if (byId) return { ids: byId.keys, rest: without(filter, [['_id', byId]]) };
  const [best] = [...indexes]
    .map((index) => ({ index, leading: leadingEqualities(filter, index) }))
    .filter(({ leading }) => leading.length > 0)
    .sort((left, right) => right.leading.length - left.leading.length);
  if (!best) return undefined;
  const tuples = best.leading.reduce<readonly (readonly string[])[]>(
    (prefixes, [, { keys }]) => prefixes.flatMap((prefix) => keys.map((key) => [...prefix, key])),
    [[]],
  );
  return { ids: idsOf(best.index, tuples), rest: without(filter, best.leading) };
}

function* idsOf(index: Index, tuples: readonly (readonly string[])[]): Generator<string> {
  const seen = new Set<string>();
  for (const tuple of tuples) {
    for (const id of lookUp(index, tuple)) {
      if (!seen.has(id)) yield id;
      seen.add(id);
    }
  }
}

function leadingEqualities(filter: Doc, index: Index): readonly (readonly [string, Equality])[] {
  const leading: (readonly [string, Equality])[] = [];
  for (const path of Object.keys(index.spec.key)) {
    const equality = equalityIn(filter[path]);
    if (!equality) break;
    leading.push([path, equality]);
  }
  return leading;
}

/**
 * The keys a clause such as `5`, `{ $eq: 5 }` or `{ $in: [5, 6] }` accepts; `exact` when it says
 * nothing more.
 */
function equalityIn(clause: unknown): Equality | undefined {
  if (!isDoc(clause)) return equality([clause], true);
  if (!hasOperators(clause)) return equality([clause], true);
  const accepted = '$eq' in clause ? [clause['$eq']] : clause['$in'];
  return Array.isArray(accepted) ? equality(accepted, Object.keys(clause).length === 1) : undefined;
}

function equality(values: readonly unknown[], alone: boolean): Equality | undefined {
  const comparable = values.every(
    (value) => value !== undefined && !Array.isArray(value) && !(value instanceof RegExp),
  );
  if (!comparable) return undefined;
  return { keys: [...new Set(values.map(keyOf))], exact: alone && !values.includes(null) };
}

function without(filter: Doc, leading: readonly (readonly [string, Equality])[]): Doc {
  const answered = new Set(leading.filter(([, { exact }]) => exact).map(([path]) => path));
  return Object.fromEntries(Object.entries(filter).filter(([path]) => !answered.has(path)));
}

import type { Comparison, Condition, FactPath, Operand, Operator } from './condition';
import { factAt } from './fact-at';
import type { Facts } from './facts';
import { instantOf } from '../time/instant-of';
import { compareDecimals } from '../json/decimal';
import { isJsonArray, isJsonObject, type Json } from '../json/json';
import { idOf } from '../json/id-of';
import { isSame, sameKeyOf } from '../json/is-same';

/**
 * Says whether a condition is true of some facts. It never throws: a missing or null fact, or
 * values that cannot be compared, make a comparison false, `not` included. `{ not }` around a
 * condition is plain negation. A number and its decimal text are equal. Two facts are equal only
 * where they state something: not where both are blank or 0. Lists are compared by their
 * first 1,000 items.
 */
export function holds(condition: Condition, facts: Facts): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, facts));
  if ('any' in condition) return condition.any.some((part) => holds(part, facts));
  if ('fact' in condition) return compares(condition, facts);
  return !holds(condition.not, facts);
}

/** Every fact that a condition reads, on either side of its comparisons, once. */
export function pathsOf(condition: Condition): readonly FactPath[] {
  return [...new Set(comparisonsOf(condition).flatMap(factsOf))];
}

/** Every comparison of a condition, in its order. */
export function comparisonsOf(condition: Condition): readonly Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf);
  if ('any' in condition) return condition.any.flatMap(comparisonsOf);
  return 'fact' in condition ? [condition] : comparisonsOf(condition.not);
}

function factsOf({ fact, to }: Comparison): readonly FactPath[] {
  return isFactOperand(to) ? [fact, to.fact] : [fact];
}

function compares({ fact, is, to }: Comparison, facts: Facts): boolean {
  const left = factAt(facts, fact);
  if (left === undefined || left === null) return false;
  if (is === 'exists') return true;
  const right = isFactOperand(to) ? factAt(facts, to.fact) : to;
  if (right === undefined || right === null) return false;
  const isKey = isFactOperand(to) ? states : () => true;
  return comparisons[is](left, right, isKey);
}

/** True of `{ fact }`, which names another fact instead of giving a value. */
export function isFactOperand(to: Operand | undefined): to is Readonly<{ fact: FactPath }> {
  return isJsonObject(to) && Object.keys(to).length === 1 && typeof to.fact === 'string';
}

/** The rest of a longer list does not count. */
const mostItems = 1_000;

/** Says whether a value may count as equal to another. */
type IsKey = (value: Json) => boolean;

const comparisons: Readonly<
  Record<Exclude<Operator, 'exists'>, (fact: Json, to: Json, isKey: IsKey) => boolean>
> = {
  equals: (fact, to, isKey) => isKey(fact) && isSame(fact, to),
  not: (fact, to) => !isSame(fact, to),
  greater: (fact, to) => (compareDecimals(fact, to) ?? 0) > 0,
  less: (fact, to) => (compareDecimals(fact, to) ?? 0) < 0,
  in: (fact, to, isKey) => isJsonArray(to) && isKey(fact) && includes(to, fact),
  contains: (fact, to, isKey) => isKey(to) && containsValue(fact, to),
  intersects: (fact, to, isKey) => {
    const known = new Set(listOf(to).slice(0, mostItems).map(sameKeyOf));
    const items = listOf(fact).slice(0, mostItems);
    // To tell a key is dear, and few items are known.
    return items.some((item) => known.has(sameKeyOf(item)) && isKey(item));
  },
  before: (fact, to) => instantOf(fact) < instantOf(to),
  after: (fact, to) => instantOf(fact) > instantOf(to),
};

/**
 * Between two facts nothing equals nothing: null, blank and 0 state no id. A list states one where
 * an item does. Objects and booleans are values.
 */
function states(value: Json): boolean {
  if (isJsonArray(value)) return value.some(states);
  if (isJsonObject(value) || typeof value === 'boolean') return true;
  return idOf(value) !== undefined;
}

function containsValue(fact: Json, to: Json): boolean {
  if (isJsonArray(fact)) return includes(fact, to);
  return typeof fact === 'string' && typeof to === 'string' && fact.includes(to);
}

function includes(list: readonly Json[], value: Json): boolean {
  return list.slice(0, mostItems).some((item) => isSame(item, value));
}

function listOf(value: Json): readonly Json[] {
  return isJsonArray(value) ? value : [value];
}

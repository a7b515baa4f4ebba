import type { Json } from '../json/json';

/** Every operator of a comparison. */
export const operators = [
  'equals',
  'not',
  'greater',
  'less',
  'in',
  'contains',
  'intersects',
  'exists',
  'before',
  'after',
] as const;
/** The operator of a comparison. */
export type Operator = (typeof operators)[number];

/**
 * A dotted path below a root such as `event`. `items[].id` lists the ids of all items. A name that
 * holds a dot or a bracket is quoted: `event.properties['utm.source']`.
 */
export type FactPath = string;

/** A value, or another fact to compare with. */
export type Operand = Json | Readonly<{ fact: FactPath }>;

/** Compares a fact with a value or another fact. */
export type Comparison = Readonly<{ fact: FactPath; is: Operator; to?: Operand }>;

/**
 * A predicate over facts. A comparison with a missing or null fact is false, never an error. A
 * number equals its decimal text; two facts that are blank or 0 are never equal.
 */
export type Condition =
  | Readonly<{ all: readonly Condition[] }>
  | Readonly<{ any: readonly Condition[] }>
  | Readonly<{ not: Condition }>
  | Comparison;

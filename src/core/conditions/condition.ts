import type { Json } from '../json/json';

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
export type Operator = (typeof operators)[number];

/** A dotted path below `event`, `entry`, `contact` or `message`; `items[].id` is the list of the ids of all items. */
export type FactPath = string;

/** A value, or another fact to compare with. */
export type Operand = Json | Readonly<{ fact: FactPath }>;

export type Comparison = Readonly<{ fact: FactPath; is: Operator; to?: Operand }>;

/** A predicate over facts. A missing fact, or one that is `null`, makes its comparison false, never an error. */
export type Condition =
  | Readonly<{ all: readonly Condition[] }>
  | Readonly<{ any: readonly Condition[] }>
  | Readonly<{ not: Condition }>
  | Comparison;

import type { Comparison, Condition, FactPath, Operand } from '../conditions/condition';
import type { Journey } from './journey';

/** Writes a journey in TypeScript; it is the same JSON that the API takes. */
export function defineJourney(journey: Journey): Journey {
  return journey;
}

/** True where all parts hold. */
export const all = (...parts: readonly Condition[]): Condition => ({ all: parts });
/** True where a part holds. */
export const any = (...parts: readonly Condition[]): Condition => ({ any: parts });
/** True where the part does not hold. */
export const not = (part: Condition): Condition => ({ not: part });

/** True where there is such a fact, and it is not null. */
export const exists = (path: FactPath): Comparison => ({ fact: path, is: 'exists' });
/** True where the fact equals the operand; a number equals its decimal text. */
export const equals = (path: FactPath, to: Operand): Comparison => ({
  fact: path,
  is: 'equals',
  to,
});
/** True where both are numbers or decimal text and the fact is greater. */
export const greater = (path: FactPath, to: Operand): Comparison => ({
  fact: path,
  is: 'greater',
  to,
});
/** True where the fact and the operand, as lists, share an item. */
export const intersects = (path: FactPath, to: Operand): Comparison => ({
  fact: path,
  is: 'intersects',
  to,
});

/**
 * Another fact to compare with: `equals('event.properties.cart_id', fact('entry.properties.id'))`.
 */
export const fact = (path: FactPath): Operand => ({ fact: path });

import type { Comparison, Condition, FactPath, Operand } from '../conditions/condition';
import type { Journey } from './journey';

/** Writes a journey in TypeScript; it is the same JSON that the API takes. */
export function defineJourney(journey: Journey): Journey {
  return journey;
}

export const all = (...parts: readonly Condition[]): Condition => ({ all: parts });
export const any = (...parts: readonly Condition[]): Condition => ({ any: parts });
export const not = (part: Condition): Condition => ({ not: part });

export const exists = (path: FactPath): Comparison => ({ fact: path, is: 'exists' });
export const equals = (path: FactPath, to: Operand): Comparison => ({
  fact: path,
  is: 'equals',
  to,
});
export const greater = (path: FactPath, to: Operand): Comparison => ({
  fact: path,
  is: 'greater',
  to,
});
export const intersects = (path: FactPath, to: Operand): Comparison => ({
  fact: path,
  is: 'intersects',
  to,
});

/** Another fact to compare with: `equals('event.properties.cart_id', fact('entry.properties.cart_id'))`. */
export const fact = (path: FactPath): Operand => ({ fact: path });

import fc from 'fast-check';
import { operators, type Condition } from '../../../src/core/conditions/condition';
import type { Json, JsonObject } from '../../../src/core/json/json';

const plainNames = ['id', 'total', 'items', 'at', 'length'];
const names = [...plainNames, '__proto__', 'constructor'];

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('a', 'b', 'ab', '2026-01-15', '2026-01-15T12:00:00Z'),
);

/**
 * Random JSON of few names and values. Paths often find something, and comparisons sometimes hold.
 */
function jsonOf(keys: readonly string[]): fc.Arbitrary<Json> {
  return fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      scalar,
      fc.array(tie('json'), { maxLength: 3 }),
      objectOf(keys, tie('json')),
    ),
  })).json;
}

function objectOf(keys: readonly string[], value: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  return fc
    .array(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries));
}

const fact = objectOf(names, jsonOf(names));

/** Facts that may have the names of what every object inherits. */
export const arbitraryFacts = fc.record(
  { event: fact, entry: fact, contact: fact, message: fact },
  { requiredKeys: [] },
);

const segment = fc
  .tuple(fc.constantFrom(...names), fc.constantFrom('', '', '[]'))
  .map((pair) => pair.join(''));

export const arbitraryPath = fc
  .tuple(
    fc.constantFrom('event', 'entry', 'contact', 'message', 'nowhere'),
    fc.array(segment, { minLength: 1, maxLength: 4 }),
  )
  .map(([root, segments]) => [root, ...segments].join('.'));

const comparison = fc.record(
  {
    fact: arbitraryPath,
    is: fc.constantFrom(...operators),
    to: fc.oneof(jsonOf(plainNames), fc.record({ fact: arbitraryPath })),
  },
  { requiredKeys: ['fact', 'is'] },
);

/** Any condition in form, at most 8 deep, whether it makes sense or not. */
export const { condition: arbitraryCondition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    comparison,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

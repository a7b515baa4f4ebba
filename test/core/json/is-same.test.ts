import fc from 'fast-check';
import { isSame, sameKeyOf } from '../../../src/core/json/is-same';
import type { Json } from '../../../src/core/json/json';

const scalar = fc.constantFrom<Json>(null, true, false, 0, 1, 10, '1', ' 1', 'true', '', 'a', '\n');
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.array(tie('json'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'fields', '__proto__'), tie('json'), { maxKeys: 2 }),
  ),
}));

describe('the key of a value', () => {
  it('attack 5: is shared by two values exactly where they are the same', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(sameKeyOf(one) === sameKeyOf(other)).toBe(isSame(one, other));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[Json, Json]>([
    [1, ' 1'],
    [
      { a: 1, b: [2] },
      { b: ['2'], a: '1' },
    ],
  ])('is shared by %j and %j', (one, other) => {
    expect(sameKeyOf(one)).toBe(sameKeyOf(other));
  });
});

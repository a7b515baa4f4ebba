import { jsonProblemOf } from '../../../src/core/json/json-problem';

describe('JSON from outside', () => {
  it('R7: may be a list longer than the stack is deep', () => {
    expect(jsonProblemOf({ list: Array.from({ length: 500_000 }, () => 1) })).toBeUndefined();
  });

  it('R7: may have any number of names', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n]));

    expect(jsonProblemOf(many)).toBeUndefined();
  });

  it('is at most 20 deep', () => {
    const nested: unknown = JSON.parse(`${'['.repeat(22)}${']'.repeat(22)}`);

    expect(jsonProblemOf(nested)).toMatchObject({ detail: 'is nested deeper than 20 levels' });
  });
});

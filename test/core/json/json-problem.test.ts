import { jsonProblemOf } from '../../../src/core/json/json-problem';

describe('JSON from outside', () => {
  it('R7: may be a list of an order with thousands of values', () => {
    expect(jsonProblemOf({ list: Array.from({ length: 29_000 }, () => 1) })).toBeUndefined();
  });

  it('attack 8: is refused at the list that holds too much', () => {
    const list = Array.from({ length: 500_000 }, () => 1);

    expect(jsonProblemOf({ few: [1], list })).toMatchObject({
      path: ['list'],
      detail: 'holds more than 30000 values',
    });
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

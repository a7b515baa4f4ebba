import { contentHashOf } from '../../src/operations/content-hash';

describe('the hash of a content', () => {
  it('is the same however its keys are ordered', () => {
    const one = contentHashOf({ a: 1, b: [{ c: 2, d: 3 }] });
    const other = contentHashOf({ b: [{ d: 3, c: 2 }], a: 1 });

    expect(one).toBe(other);
  });

  it.each([
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: 1 }, { a: '1' }],
    [{ a: null }, {}],
    [{ a: [] }, { a: {} }],
  ])('tells %j from %j', (one, other) => {
    expect(contentHashOf(one)).not.toBe(contentHashOf(other));
  });
});

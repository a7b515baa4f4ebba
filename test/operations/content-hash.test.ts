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

  it('stays what it was when contents were published that are stored now', () => {
    const content = { b: [3, { z: null, a: 'é"' }, []], a: { '10': 1, '9': 2, x: 0, '': 1e21 } };

    expect(contentHashOf(content)).toBe('N0d0kQab2-4lDLcA1EYmJrx4UpGA--8IZNjF_zi3l2s');
  });
});

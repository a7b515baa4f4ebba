import { canonicalJson } from '../../../src/core/json/canonical-json';

describe('canonical JSON', () => {
  it('orders the keys of every object, and no list', () => {
    const text = canonicalJson({ b: [{ d: 1, c: [2, 1] }], a: null });

    expect(text).toBe('{"a":null,"b":[{"c":[2,1],"d":1}]}');
  });

  it('puts whole numbers first, by value, and upper case before lower case', () => {
    const text = canonicalJson({ b: 1, a: 2, B: 3, '10': 4, '9': 5, '-1': 6, '01': 7, '': 8 });

    expect(text).toBe('{"9":5,"10":4,"":8,"-1":6,"01":7,"B":3,"a":2,"b":1}');
  });

  it('keeps a key that means something to JavaScript', () => {
    const text = canonicalJson({ z: 1, ['__proto__']: { b: 1, a: 2 } });

    expect(text).toBe('{"__proto__":{"a":2,"b":1},"z":1}');
  });
});

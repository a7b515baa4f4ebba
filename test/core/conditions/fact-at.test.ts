import fc from 'fast-check';
import { factAt, pick } from '../../../src/core/conditions/fact-at';
import { arbitraryFacts, arbitraryPath } from '../../support/core/arbitrary-condition';

const cart = {
  properties: {
    cart_id: 'k1',
    products: [{ variant_id: 7, price: 10 }, { price: 5 }, { variant_id: 9, tags: ['new', 'red'] }],
    parcels: [{ items: [{ sku: 'a' }, { sku: 'b' }] }, { items: [{ sku: 'c' }] }, {}],
  },
};

describe('a fact', () => {
  it.each([
    ['properties.cart_id', 'k1'],
    ['properties.products[].variant_id', [7, 9]],
    ['properties.products[].tags', [['new', 'red']]],
    ['properties.products[].tags[]', ['new', 'red']],
    ['properties.parcels[].items[].sku', ['a', 'b', 'c']],
    ['properties.products[].nothing', []],
    ['properties.nothing', undefined],
    ['properties.cart_id[]', undefined],
    ['properties.cart_id.length', undefined],
    ['properties.products.variant_id', undefined],
    ['properties.products.0', undefined],
    ['properties.nothing[].id', undefined],
  ])('at %s is found or missing', (path, expected) => {
    expect(factAt(cart, path)).toEqual(expected);
  });

  it.each([
    'constructor',
    '__proto__',
    'properties.constructor.name',
    'toString',
    'properties.__proto__',
  ])('is never read from a prototype: %s', (path) => {
    expect(factAt(cart, path)).toBeUndefined();
  });

  it('is its own even where it has the name of something inherited', () => {
    const facts = { properties: Object.fromEntries([['__proto__', { id: 1 }]]) };

    expect(factAt(facts, 'properties.__proto__.id')).toBe(1);
  });
});

describe('picking', () => {
  it('keeps only what the paths name, in its place', () => {
    const picked = pick(cart, ['properties.cart_id', 'properties.products[].variant_id']);

    expect(picked).toEqual({
      properties: { cart_id: 'k1', products: [{ variant_id: 7 }, { variant_id: 9 }] },
    });
  });

  it('keeps two facts of an item together', () => {
    const picked = pick(cart, ['properties.products[].variant_id', 'properties.products[].price']);

    expect(picked).toEqual({
      properties: { products: [{ variant_id: 7, price: 10 }, { price: 5 }, { variant_id: 9 }] },
    });
  });

  it('keeps everything below a path', () => {
    expect(pick(cart, ['properties', 'properties.cart_id'])).toEqual(cart);
    expect(pick(cart, ['properties.parcels[]', 'properties.parcels[].items[].sku'])).toEqual({
      properties: { parcels: cart.properties.parcels },
    });
  });

  it('leaves out what is missing', () => {
    expect(pick(cart, ['properties.nothing', 'properties.cart_id.length', 'name'])).toEqual({});
  });

  it('keeps a field named __proto__ as a field', () => {
    const facts = {
      properties: Object.fromEntries([
        ['__proto__', { id: 1 }],
        ['a', { id: 2 }],
      ]),
    };

    const picked = pick(facts, ['properties.__proto__.id']);

    expect(JSON.stringify(picked)).toBe('{"properties":{"__proto__":{"id":1}}}');
  });

  it('keeps every fact at its paths, whatever they are', () => {
    fc.assert(
      fc.property(arbitraryFacts, fc.array(arbitraryPath, { maxLength: 5 }), (facts, paths) => {
        const picked = pick(facts, paths);

        expect(paths.map((path) => factAt(picked, path))).toEqual(
          paths.map((path) => factAt(facts, path)),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

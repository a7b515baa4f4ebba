import { withListedProducts } from '../../../src/core/events/listed-products';
import type { Json } from '../../../src/core/json/json';

const [cup, jug] = [{ sku: 'cup' }, { sku: 'jug' }];

describe('the products of an event', () => {
  it.each<[Json, Json]>([
    [{ 0: cup, 2: jug }, [cup, jug]],
    [{ 10: jug, 2: cup }, [cup, jug]],
    [{ 1: cup }, [cup]],
  ])('R51: %j are a list', (products, list) => {
    expect(withListedProducts({ total: 1, products })).toEqual({ total: 1, products: list });
  });

  it.each<[Json]>([[[cup]], [{}], [{ cup }], [{ 0: cup, total: 1 }], ['cup'], [null]])(
    'R51: %j are left as they are',
    (products) => {
      expect(withListedProducts({ products })).toEqual({ products });
    },
  );

  it('R51: are nothing where there are none', () => {
    expect(withListedProducts({ total: 1 })).toEqual({ total: 1 });
  });
});

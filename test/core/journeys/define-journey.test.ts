import {
  all,
  any,
  defineJourney,
  equals,
  exists,
  fact,
  greater,
  intersects,
  not,
} from '../../../src/core/journeys/define-journey';
import { aJourney } from '../../support/core/builders';

describe('a journey written in TypeScript', () => {
  it('is the JSON that its author could have written', () => {
    expect(defineJourney(aJourney())).toEqual(aJourney());
  });

  it('has conditions that read like what they say', () => {
    const condition = all(
      any(
        equals('event.properties.cart_id', fact('entry.properties.cart_id')),
        intersects('event.properties.products[].id', fact('entry.properties.products[].id')),
      ),
      not(exists('entry.properties.coupon')),
      greater('entry.properties.total', 50),
    );

    expect(condition).toEqual({
      all: [
        {
          any: [
            {
              fact: 'event.properties.cart_id',
              is: 'equals',
              to: { fact: 'entry.properties.cart_id' },
            },
            {
              fact: 'event.properties.products[].id',
              is: 'intersects',
              to: { fact: 'entry.properties.products[].id' },
            },
          ],
        },
        { not: { fact: 'entry.properties.coupon', is: 'exists' } },
        { fact: 'entry.properties.total', is: 'greater', to: 50 },
      ],
    });
  });
});

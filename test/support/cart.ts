import type { Journey } from '../../src/core/journeys/journey';
import { aJourney } from './core/builders';

const ofSameCart = {
  fact: 'event.properties.cart_id',
  is: 'equals',
  to: { fact: 'entry.properties.cart_id' },
} as const;

/** Without a send, whose gate would hide a fault of routing. */
export const cartJourney: Journey = aJourney({
  entry: {
    events: ['Cart Updated'],
    key: ['properties.cart_id'],
    repeat: 'refresh',
    limit: { starts: 2, within: 'PT24H' },
  },
  exits: [{ events: ['Order Completed'], when: ofSameCart, as: 'converted' }],
  steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
});
export const cart = { name: 'Cart Updated', properties: { cart_id: 'a', email: 'ada@shop.test' } };
export const order = { name: 'Order Completed', properties: { cart_id: 'a', total: 20 } };

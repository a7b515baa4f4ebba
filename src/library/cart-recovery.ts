import {
  all,
  any,
  defineJourney,
  equals,
  fact,
  intersects,
  not,
} from '../core/journeys/define-journey';
import type { Comparison } from '../core/conditions/condition';

const isSame = (property: string): Comparison =>
  equals(`event.properties.${property}`, fact(`entry.properties.${property}`));

const isOfThisCart = any(isSame('cart_id'), isSame('checkout_id'));
const hasProducts: Comparison = {
  fact: 'event.properties.products[].product_id',
  is: 'not',
  to: [],
};
const isEarlier: Comparison = {
  fact: 'event.occurredAt',
  is: 'before',
  to: fact('entry.occurredAt'),
};
const sharesVariant = intersects(
  'event.properties.products[].variant_id',
  fact('entry.properties.products[].variant_id'),
);

/**
 * An abandoned cart. Without marketing consent it sends one plain service note after an hour, as
 * the Italian Garante allows. With consent it sends three reminders, 1, 24 and 48 hours after the
 * last change of the cart.
 */
export const cartRecovery = defineJourney({
  id: 'cart-recovery',
  name: 'Cart recovery',
  stage: 'decision',
  entry: {
    events: ['Cart Updated', 'Checkout Started'],
    when: hasProducts,
    key: ['properties.cart_id', 'properties.checkout_id'],
    repeat: 'refresh',
    again: 'afterExit',
    limit: { starts: 1, within: 'PT24H' },
  },
  exits: [
    { events: ['Order Completed'], when: isOfThisCart, as: 'converted' },
    { events: ['Order Completed'], when: all(sharesVariant, not(isEarlier)), as: 'converted' },
    {
      events: ['Cart Updated'],
      when: all(isOfThisCart, equals('event.properties.products', [])),
      as: 'disqualified',
    },
    { events: ['Unsubscribed'], as: 'unsubscribed' },
  ],
  steps: [
    { id: 'settle', kind: 'wait', for: 'PT1H', restartOn: 'refresh', atMost: 'PT24H' },
    {
      id: 'consent',
      kind: 'branch',
      cases: [{ when: equals('contact.consents.marketing.email', true), next: 'first-reminder' }],
      otherwise: 'service-note',
    },
    { id: 'first-reminder', kind: 'send', template: 'cart-recovery-first', purpose: 'marketing' },
    { id: 'to-24-hours', kind: 'wait', for: 'PT23H' },
    { id: 'second-reminder', kind: 'send', template: 'cart-recovery-second', purpose: 'marketing' },
    { id: 'to-48-hours', kind: 'wait', for: 'PT24H' },
    { id: 'last-reminder', kind: 'send', template: 'cart-recovery-last', purpose: 'marketing' },
    { id: 'reminded', kind: 'exit' },
    { id: 'service-note', kind: 'send', template: 'cart-recovery-service', purpose: 'service' },
  ],
  settings: { until: 'PT168H' },
});

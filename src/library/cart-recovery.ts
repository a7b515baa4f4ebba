import { all, any, defineJourney, equals, fact, not } from '../core/journeys/define-journey';
import type { Comparison } from '../core/conditions/condition';
import { namesGoods, sharesGoods } from './goods';
import { wasSent } from './was-sent';

/** Segment's events name a cart, a checkout or an order. A checkout may name its order. */
const cartKey = ['properties.cart_id', 'properties.checkout_id', 'properties.order_id'];
/** A contact whose events name none has one cart. */
const anyCartKey = [...cartKey, 'contact'];

const isEarlier: Comparison = {
  fact: 'event.occurredAt',
  is: 'before',
  to: fact('entry.occurredAt'),
};
const isEmpty = equals('event.properties.products', []);

/**
 * Reminds of an abandoned cart. Without marketing consent it sends one plain service note after an
 * hour, as the Italian Garante allows; with it three reminders, 1, 24 and 48 hours after the last
 * change of the cart. The note and the last reminder promise not to write about this cart again:
 * once one of them has gone out, the cart ends as `completed` and never enters again.
 */
export const cartRecovery = defineJourney({
  id: 'cart-recovery',
  name: 'Cart recovery',
  stage: 'decision',
  entry: {
    events: ['Cart Updated', 'Cart Viewed', 'Checkout Started'],
    when: namesGoods,
    key: anyCartKey,
    repeat: 'restart',
    again: { notAfter: ['completed'] },
    notOlderThan: 'PT12H',
    limit: { starts: 1, within: 'PT24H' },
  },
  exits: [
    { events: ['Order Completed'], key: cartKey, as: 'converted' },
    { events: ['Order Completed'], when: all(sharesGoods, not(isEarlier)), as: 'converted' },
    {
      ...{ events: ['Cart Updated', 'Cart Viewed'], key: anyCartKey },
      ...{ when: isEmpty, as: 'disqualified' },
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
    {
      id: 'promise',
      kind: 'branch',
      cases: [{ when: any(wasSent('last-reminder'), wasSent('service-note')), next: 'promised' }],
      otherwise: 'unsent',
    },
    { id: 'promised', kind: 'exit', as: 'completed' },
    { id: 'unsent', kind: 'exit', as: 'unsent' },
    {
      ...{ id: 'service-note', kind: 'send', template: 'cart-recovery-service' },
      ...{ purpose: 'service', next: 'promise' },
    },
  ],
  settings: { until: 'PT168H' },
});

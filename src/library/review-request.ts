import type { Condition } from '../core/conditions/condition';
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
} from '../core/journeys/define-journey';
import { names } from './goods';

/** True where the mail can lead to a place where a review is written. */
const canBeReviewed = any(
  names('event.properties.review_url'),
  names('event.properties.products[].review_url'),
  names('event.properties.products[].url'),
);

const orderKey = ['properties.order_id'];
const isThisOrder = equals('event.properties.order_id', fact('entry.properties.order_id'));
const isOfThisOrder = intersects(
  'event.properties.product_id',
  fact('entry.properties.products[].product_id'),
);

const total = { event: 'event.properties.total', entry: 'entry.properties.total' } as const;
const bothTellTotal = all(exists(total.event), exists(total.entry));

/**
 * A refund of the whole order. Its amount says so where the order's is known; else a refund that
 * lists products is of those alone.
 */
const isWhole: Condition = any(
  equals(total.event, fact(total.entry)),
  greater(total.event, fact(total.entry)),
  all(not(bothTellTotal), not(exists('event.properties.products'))),
);

/**
 * Asks for a review a week after the delivery, and again a week later. It does so once an order.
 * Without news of a delivery it asks two weeks after the dispatch, or three weeks after the order.
 */
export const reviewRequest = defineJourney({
  id: 'review-request',
  name: 'Review request',
  stage: 'advocacy',
  entry: {
    events: ['Order Delivered', 'Order Fulfilled', 'Order Completed'],
    when: canBeReviewed,
    key: orderKey,
    again: 'never',
    notOlderThan: 'PT168H',
  },
  exits: [
    { events: ['Review Submitted', 'Product Reviewed'], key: orderKey, as: 'reviewed' },
    { events: ['Product Reviewed'], when: isOfThisOrder, as: 'reviewed' },
    { events: ['Order Cancelled'], key: orderKey, as: 'disqualified' },
    { events: ['Order Refunded'], key: orderKey, when: isWhole, as: 'disqualified' },
    { events: ['Unsubscribed'], as: 'unsubscribed' },
  ],
  steps: [
    {
      id: 'begun-by',
      kind: 'branch',
      cases: [
        { when: equals('entry.name', 'Order Completed'), next: 'fulfillment' },
        { when: equals('entry.name', 'Order Fulfilled'), next: 'delivery' },
      ],
      otherwise: 'to-day-7',
    },
    {
      id: 'fulfillment',
      kind: 'waitFor',
      events: [
        { names: ['Order Delivered'], when: isThisOrder, next: 'to-day-7' },
        { names: ['Order Fulfilled'], when: isThisOrder, next: 'delivery' },
      ],
      timeout: 'PT504H',
      onTimeout: 'request',
    },
    {
      id: 'delivery',
      kind: 'waitFor',
      events: [{ names: ['Order Delivered'], when: isThisOrder, next: 'to-day-7' }],
      timeout: 'PT336H',
      onTimeout: 'request',
    },
    { id: 'to-day-7', kind: 'wait', for: 'PT168H' },
    { id: 'request', kind: 'send', template: 'review-request-ask', purpose: 'marketing' },
    {
      id: 'review',
      kind: 'waitFor',
      events: [{ names: ['Review Submitted'], when: isThisOrder, next: 'reviewed' }],
      timeout: 'PT168H',
      onTimeout: 'reminder',
    },
    { id: 'reviewed', kind: 'exit', as: 'reviewed' },
    { id: 'reminder', kind: 'send', template: 'review-request-reminder', purpose: 'marketing' },
  ],
});

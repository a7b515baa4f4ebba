import { defineJourney, equals, fact } from '../core/journeys/define-journey';

const isThisOrder = equals('event.properties.order_id', fact('entry.properties.order_id'));

/**
 * Asks for a review a week after the delivery, and again a week later. It does so once for each
 * order.
 */
export const reviewRequest = defineJourney({
  id: 'review-request',
  name: 'Review request',
  stage: 'advocacy',
  entry: { events: ['Order Delivered'], key: ['properties.order_id'], again: 'never' },
  exits: [
    { events: ['Review Submitted'], when: isThisOrder, as: 'reviewed' },
    { events: ['Order Refunded', 'Order Cancelled'], when: isThisOrder, as: 'disqualified' },
    { events: ['Unsubscribed'], as: 'unsubscribed' },
  ],
  steps: [
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

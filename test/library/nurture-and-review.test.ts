import { compile } from '../../src/core/journeys/compile';
import { exitOf } from '../../src/core/enrollments/exits';
import type { JsonObject } from '../../src/core/json/json';
import { reviewRequest } from '../../src/library/review-request';
import { welcomeNurture } from '../../src/library/welcome-nurture';
import { anEvent } from '../support/core/builders';
import { enrolled, openingOf } from '../support/core/enrolled';
import { deliveryProperties } from './shop-facts';

const day = 86_400_000;
const t0 = Date.parse('2026-05-04T08:00:00Z');

describe('the welcome nurture', () => {
  const signUp = anEvent({ name: 'Signed Up', occurredAt: t0 });

  it('sends at once, after two days and after four', () => {
    const welcome = enrolled(welcomeNurture, signUp);
    const guide = welcome.sent(t0).wakes(t0 + 2 * day);
    const help = guide.sent(t0 + 2 * day).wakes(t0 + 4 * day);
    const end = help.sent(t0 + 4 * day);

    expect([welcome, guide, help, end].map(({ instruction }) => instruction)).toMatchObject([
      { kind: 'send', step: 'welcome' },
      { kind: 'send', step: 'guide' },
      { kind: 'send', step: 'help' },
      { kind: 'finish', as: 'completed' },
    ]);
  });

  it.each([
    ['Order Completed', 'converted'],
    ['Unsubscribed', 'unsubscribed'],
    ['Cart Updated', undefined],
  ])('on %s ends as %s', (name, as) => {
    const event = anEvent({ id: 'e2', name, occurredAt: t0 + day });

    expect(exitOf(compile(welcomeNurture, 1), openingOf(signUp), event)?.as).toBe(as);
  });
});

describe('the review request', () => {
  const delivery = anEvent({
    name: 'Order Delivered',
    occurredAt: t0,
    properties: deliveryProperties,
  });

  it('asks after a week and reminds once, a week later', () => {
    const request = enrolled(reviewRequest, delivery).wakes(t0 + 7 * day);
    const reminder = request.sent(t0 + 7 * day).wakes(t0 + 14 * day);
    const end = reminder.sent(t0 + 14 * day);

    expect([request, reminder, end].map(({ instruction }) => instruction)).toMatchObject([
      { kind: 'send', step: 'request' },
      { kind: 'send', step: 'reminder' },
      { kind: 'finish', as: 'completed' },
    ]);
  });

  it('does not remind whoever has written', () => {
    const review = anEvent({
      id: 'e2',
      name: 'Review Submitted',
      occurredAt: t0 + 8 * day,
      properties: { order_id: 'IT-20418' },
    });

    const asked = enrolled(reviewRequest, delivery)
      .wakes(t0 + 7 * day)
      .sent(t0 + 7 * day);

    expect(asked.hears(review).instruction).toMatchObject({ kind: 'finish', as: 'reviewed' });
  });

  it.each<[string, JsonObject, string | undefined]>([
    ['Review Submitted', { order_id: 'IT-20418' }, 'reviewed'],
    ['Review Submitted', { order_id: 'IT-1' }, undefined],
    ['Product Reviewed', { product_id: 'cup' }, 'reviewed'],
    ['Product Reviewed', { product_id: 'lamp' }, undefined],
    ['Order Refunded', { order_id: 'IT-20418' }, 'disqualified'],
    ['Order Cancelled', { order_id: 'IT-20418' }, 'disqualified'],
    ['Order Refunded', {}, undefined],
    ['Unsubscribed', {}, 'unsubscribed'],
  ])('on %s of %j ends as %s', (name, properties, as) => {
    const event = anEvent({ id: 'e2', name, occurredAt: t0 + day, properties });

    expect(exitOf(compile(reviewRequest, 1), openingOf(delivery), event)?.as).toBe(as);
  });
});

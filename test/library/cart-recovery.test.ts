import { compile } from '../../src/core/journeys/compile';
import type { Event } from '../../src/core/events/event';
import { exitOf } from '../../src/core/enrollments/exits';
import type { JsonObject } from '../../src/core/json/json';
import { entriesFor } from '../../src/core/enrollments/routes-for';
import { stepId } from '../../src/core/ids';
import { cartRecovery } from '../../src/library/cart-recovery';
import { anEvent } from '../support/core/builders';
import { enrolled, openingOf } from '../support/core/enrolled';
import { cartProperties } from './shop-facts';

const journey = compile(cartRecovery, 1);
const hour = 3_600_000;
const t0 = Date.parse('2026-05-04T08:00:00Z');
const cart = anEvent({ occurredAt: t0, properties: cartProperties });

const keysOf = (event: Event) => entriesFor(event, [journey], {}).map(({ key }) => key);

describe('cart recovery starts', () => {
  it.each([
    ['a cart with products', 'Cart Updated', cartProperties, ['cart-7f3a']],
    [
      'a checkout of a cart',
      'Checkout Started',
      { ...cartProperties, checkout_id: 'ch-1' },
      ['cart-7f3a'],
    ],
    [
      'a checkout without a cart',
      'Checkout Started',
      { checkout_id: 'ch-1', products: [{ product_id: 'p' }] },
      ['ch-1'],
    ],
    ['a cart without products', 'Cart Updated', { ...cartProperties, products: [] }, []],
    ['a cart that names none', 'Cart Updated', { cart_id: 'cart-7f3a' }, []],
    ['an order', 'Order Completed', cartProperties, []],
  ])('on %s: %s', (_what, name, properties: JsonObject, keys) => {
    expect(keysOf(anEvent({ name, properties }))).toEqual(keys);
  });
});

const order = (occurredAt: number, properties: JsonObject) => ({
  name: 'Order Completed',
  occurredAt,
  properties,
});
const emptied = (occurredAt: number, cart_id: string) => ({
  occurredAt,
  properties: { cart_id, products: [] },
});

describe('cart recovery ends', () => {
  const before = t0 - hour;
  const after = t0 + hour;
  const sameVariant = [{ product_id: 'moka-3', variant_id: 'moka-3-red' }];
  const otherVariant = [{ product_id: 'moka-3', variant_id: 'moka-3-black' }];

  it.each<[string, Partial<Event>, string | undefined]>([
    ['the order of this cart', order(after, { cart_id: 'cart-7f3a' }), 'converted'],
    [
      'the order of this cart, stamped earlier',
      order(before, { cart_id: 'cart-7f3a' }),
      'converted',
    ],
    ['the order of another cart', order(after, { cart_id: 'cart-x' }), undefined],
    ['a later order of the same variant', order(after, { products: sameVariant }), 'converted'],
    ['an earlier order of the same variant', order(before, { products: sameVariant }), undefined],
    ['a later order of another variant', order(after, { products: otherVariant }), undefined],
    ['this cart emptied', emptied(after, 'cart-7f3a'), 'disqualified'],
    [
      'fault 18: this cart emptied in the second of its change',
      emptied(t0, 'cart-7f3a'),
      'disqualified',
    ],
    [
      'a variant bought in the second of the change',
      order(t0, { products: sameVariant }),
      'converted',
    ],
    ['this cart emptied before its last change', emptied(before, 'cart-7f3a'), undefined],
    ['another cart emptied', emptied(after, 'cart-x'), undefined],
    ['this cart changed', { occurredAt: after, properties: cartProperties }, undefined],
    ['consent withdrawn', { name: 'Unsubscribed', occurredAt: after }, 'unsubscribed'],
  ])('%s', (_what, facts, as) => {
    const event: Event = { ...anEvent({ id: 'other' }), ...facts, receivedAt: after };

    expect(exitOf(journey, openingOf(cart), event)?.as).toBe(as);
  });

  it('with the order of its checkout', () => {
    const checkout = anEvent({
      occurredAt: t0,
      properties: { checkout_id: 'ch-1', products: [{ product_id: 'p' }] },
    });
    const bought = { ...anEvent({ id: 'other' }), ...order(after, { checkout_id: 'ch-1' }) };

    expect(exitOf(journey, openingOf(checkout), bought)?.as).toBe('converted');
  });
});

describe('cart recovery sends', () => {
  const consent = stepId('consent');
  const promise = stepId('promise');

  it('three reminders 1, 24 and 48 hours after the cart, with consent', () => {
    const first = enrolled(cartRecovery, cart)
      .wakes(t0 + hour)
      .after({ kind: 'decided', step: consent, taken: 0, at: t0 + hour, written: 0 });
    const second = first.sent(t0 + hour).wakes(t0 + 24 * hour);
    const last = second.sent(t0 + 24 * hour).wakes(t0 + 48 * hour);
    const end = last
      .sent(t0 + 48 * hour)
      .after({ kind: 'decided', step: promise, taken: 0, at: t0 + 48 * hour, written: 0 });

    expect([first, second, last, end].map(({ instruction }) => instruction)).toMatchObject([
      { kind: 'send', step: 'first-reminder' },
      { kind: 'send', step: 'second-reminder' },
      { kind: 'send', step: 'last-reminder' },
      { kind: 'finish', as: 'completed' },
    ]);
  });

  it('fault 13: no reminder sooner than a day after the last change of the cart', () => {
    const resting = enrolled(cartRecovery, cart)
      .wakes(t0 + hour)
      .after({ kind: 'decided', step: consent, taken: 0, at: t0 + hour, written: 0 })
      .sent(t0 + hour);
    const changedAt = (at: number) =>
      anEvent({ id: `change-${at}`, occurredAt: at, properties: cartProperties });

    const second = resting.hears(changedAt(t0 + 23.9 * hour), { kind: 'refreshed' });
    const last = second
      .wakes(t0 + 46.9 * hour)
      .sent(t0 + 46.9 * hour)
      .hears(changedAt(t0 + 70 * hour), { kind: 'refreshed' });

    expect(second.instruction).toMatchObject({ kind: 'wait', until: t0 + 46.9 * hour });
    expect(last.instruction).toMatchObject({ step: 'to-48-hours', until: t0 + 94 * hour });
  });

  const note = enrolled(cartRecovery, cart)
    .wakes(t0 + hour)
    .after({ kind: 'decided', step: consent, taken: -1, at: t0 + hour, written: 0 });

  it.each([
    [0, 'completed'],
    [-1, 'unsent'],
  ])('one service note and nothing more, without consent: case %d ends as %s', (taken, as) => {
    const end = note
      .sent(t0 + hour)
      .after({ kind: 'decided', step: promise, taken, at: t0 + hour, written: 0 });

    expect(note.instruction).toMatchObject({ kind: 'send', step: 'service-note' });
    expect(end.instruction).toMatchObject({ kind: 'finish', as });
  });

  it('an hour after the last change of the cart, and a day after the first at the latest', () => {
    const waiting = enrolled(cartRecovery, cart);
    const changedAt = (at: number) =>
      anEvent({ id: `change-${at}`, occurredAt: at, properties: cartProperties });

    const changedOnce = waiting.hears(changedAt(t0 + 0.5 * hour), { kind: 'refreshed' });
    const changedLate = waiting.hears(changedAt(t0 + 23.5 * hour), { kind: 'refreshed' });

    expect(waiting.instruction).toMatchObject({ kind: 'wait', until: t0 + hour });
    expect(changedOnce.instruction).toMatchObject({ kind: 'wait', until: t0 + 1.5 * hour });
    expect(changedLate.instruction).toMatchObject({ kind: 'wait', until: t0 + 24 * hour });
  });
});

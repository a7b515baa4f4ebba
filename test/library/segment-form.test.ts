import { compile } from '../../src/core/journeys/compile';
import type { Enrollment } from '../../src/core/enrollments/enrollment';
import { exitOf } from '../../src/core/enrollments/exits';
import { entriesFor, routesFor } from '../../src/core/enrollments/routes-for';
import type { JsonObject } from '../../src/core/json/json';
import type { Journey } from '../../src/core/journeys/journey';
import { cartRecovery } from '../../src/library/cart-recovery';
import { reviewRequest } from '../../src/library/review-request';
import { anEvent } from '../support/core/builders';
import { enrolled, openingOf } from '../support/core/enrolled';
import { segmentOrder } from './shop-facts';

const hour = 3_600_000;
const day = 24 * hour;
const t0 = Date.parse('2026-05-04T08:00:00Z');

const { order_id, total, currency, products } = segmentOrder;
const checkout = anEvent({ name: 'Checkout Started', occurredAt: t0, properties: segmentOrder });
const later = (name: string, properties: JsonObject, occurredAt = t0 + hour) =>
  anEvent({ id: 'later', name, occurredAt, properties });

const keysOf = (journey: Journey, event = checkout) =>
  entriesFor(event, [compile(journey, 1)], {}).map(({ key }) => key);
const exitOn = (journey: Journey, entry: typeof checkout, event: typeof checkout) =>
  exitOf(compile(journey, 1), openingOf(entry), event)?.as;

describe('fault 20: a cart in the form that Segment publishes', () => {
  it.each<[string, string, JsonObject, string]>([
    ['the order of its checkout', 'Checkout Started', { order_id, products }, '50314b8e9bcf'],
    ['its cart', 'Cart Viewed', { cart_id: 'skdjsidjsdkdj29j', products }, 'skdjsidjsdkdj29j'],
    ['nothing', 'Checkout Started', { products }, ''],
    ['nothing but skus', 'Checkout Started', { products: [{ sku: 'G-32' }] }, ''],
  ])('R4: enters by %s', (_what, name, properties, key) => {
    expect(keysOf(cartRecovery, later(name, properties))).toEqual([key]);
  });

  it.each<[string, JsonObject, string | undefined]>([
    ['order', { order_id }, 'converted'],
    ['sku', { order_id: 'x', products: [{ product_id: 'y', sku: 'G-32' }] }, 'converted'],
    ['product', { order_id: 'x', products: [{ product_id: '507f1f77bcf8' }] }, 'converted'],
    [
      'product, but another sku',
      { order_id: 'x', products: [{ product_id: '507f1f77bcf8', sku: 'G-33' }] },
      undefined,
    ],
    ['nothing', { order_id: 'x', products: [{ product_id: 'y', sku: 'z' }] }, undefined],
  ])('R3: an order that shares its %s: %j', (_what, properties, as) => {
    expect(exitOn(cartRecovery, checkout, later('Order Completed', properties))).toBe(as);
  });

  it('R3: is ended by the order of its checkout', () => {
    const properties = { checkout_id: 'fksdjfsdjfisjf9', products };
    const viewed = anEvent({ name: 'Cart Viewed', occurredAt: t0, properties });
    const order = { checkout_id: 'fksdjfsdjfisjf9', order_id };

    expect(exitOn(cartRecovery, viewed, later('Order Completed', order))).toBe('converted');
  });

  it('is not ended by an order of the same goods before it', () => {
    const before = later('Order Completed', { order_id: 'x', products }, t0 - 1);

    expect(exitOn(cartRecovery, checkout, before)).toBeUndefined();
  });

  it.each<[string, JsonObject, string | undefined]>([
    ['without an id', {}, 'disqualified'],
    ['of another id', { cart_id: 'x' }, undefined],
  ])('%s, emptied: the only cart of a contact ends', (_what, id, as) => {
    const only = anEvent({ occurredAt: t0, properties: { products } });

    expect(exitOn(cartRecovery, only, later('Cart Updated', { ...id, products: [] }))).toBe(as);
  });
});

describe('fault 7: the cart of a note that promised to be the only one', () => {
  const journey = compile(cartRecovery, 1);
  const again = later('Checkout Started', segmentOrder, t0 + 2 * day);
  const last = (as: string) =>
    ({
      n: 1,
      firstEntryAt: t0,
      snapshot: { occurredAt: t0 },
      ended: { as, because: 'exit-step', at: t0 + hour },
    }) as Enrollment;
  const routed = (as: string) =>
    routesFor({
      event: again,
      entries: entriesFor(again, [journey], {}),
      enrollments: [],
      pastOf: () => ({ last: last(as), exitEvents: [] }),
      zone: 'UTC',
    });

  it('never enters again', () => {
    expect(routed('completed')).toMatchObject({ open: [], refuse: [{ reason: 'never-again' }] });
  });

  it.each(['unsent', 'disqualified', 'expired'])('enters again after %s', (as) => {
    expect(routed(as)).toMatchObject({ open: [{ n: 2 }], refuse: [] });
  });
});

describe('fault 20: an order in the form that Segment publishes', () => {
  const order = anEvent({ name: 'Order Completed', occurredAt: t0, properties: segmentOrder });

  it('is asked about three weeks later, where nobody tells of its delivery', () => {
    const asked = enrolled(reviewRequest, order).wakes(t0 + 21 * day);

    expect(asked.instruction).toMatchObject({ kind: 'send', step: 'request' });
  });

  it.each([
    ['its delivery', ['Order Delivered'], 2 * day + 7 * day],
    ['its dispatch', ['Order Fulfilled'], 2 * day + 14 * day],
    ['both', ['Order Fulfilled', 'Order Delivered'], 4 * day + 7 * day],
  ])('is asked about after %s', (_what, names, afterMs) => {
    const told = names.reduce(
      (state, name, n) =>
        state.hears(
          anEvent({ id: name, name, occurredAt: t0 + 2 * (n + 1) * day, properties: { order_id } }),
        ),
      enrolled(reviewRequest, order),
    );

    expect(told.instruction).toMatchObject({ kind: 'wait', until: t0 + afterMs });
  });

  it.each<[string, JsonObject, string | undefined]>([
    ['all of its total', { total, currency, products }, 'disqualified'],
    ['more than its total', { total: 30, products }, 'disqualified'],
    ['no amount and no product', {}, 'disqualified'],
    ['a part of its total', { total: 19, currency }, undefined],
    ['one of its products', { products: [{ product_id: '505bd76785eb' }] }, undefined],
  ])('fault 19: refunded by %s: %j', (_what, properties, as) => {
    const refund = later('Order Refunded', { order_id, ...properties });

    expect(exitOn(reviewRequest, order, refund)).toBe(as);
  });
});

describe('R66: an order with nothing to review', () => {
  it.each<[string, JsonObject, number]>([
    ['no products', {}, 0],
    ['products without a link', { products: [{ product_id: 'p', name: 'Moka' }] }, 0],
    ['a link of its own', { review_url: 'https://shop.test/r/1' }, 1],
    ['products with a page', { products: [{ name: 'Moka', url: 'https://shop.test/p' }] }, 1],
  ])('%s', (_what, properties, entries) => {
    const delivered = later('Order Delivered', { order_id, ...properties });

    expect(keysOf(reviewRequest, delivered)).toHaveLength(entries);
  });
});

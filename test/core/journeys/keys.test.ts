import { compile } from '../../../src/core/journeys/compile';
import { exitOf, foundByKey } from '../../../src/core/enrollments/exits';
import { entryKeysOf, exitKeysOf, keysIn } from '../../../src/core/journeys/keys';
import type { JsonObject } from '../../../src/core/json/json';
import { aJourney, anEvent } from '../../support/core/builders';
import { openingOf } from '../../support/core/enrolled';

const day = 86_400_000;
const noon = Date.UTC(2026, 0, 15, 12);
const key = ['properties.cart_id', 'properties.checkout_id', 'contact'];
const source = aJourney({
  entry: { events: ['Cart Updated'], key, repeat: 'refresh' },
  exits: [
    { events: ['Order Completed'], key, as: 'converted' },
    {
      events: ['Cart Updated'],
      key,
      when: { fact: 'event.properties.products', is: 'equals', to: [] },
      as: 'disqualified',
    },
    { events: ['Order Completed'], as: 'bought' },
  ],
});
const journey = compile(source, 1);

const cart = (properties: JsonObject) => anEvent({ occurredAt: noon, properties });
const order = (properties: JsonObject, occurredAt = noon + 1) =>
  anEvent({ id: 'order', name: 'Order Completed', occurredAt, properties });

describe('a key', () => {
  it('is a path with the id that it finds', () => {
    expect(keysIn(key, cart({ cart_id: 4711, checkout_id: ' ch-1 ' }))).toEqual([
      'properties.cart_id=4711',
      'properties.checkout_id=ch-1',
    ]);
  });

  it.each([{}, { cart_id: null }, { cart_id: ' ' }, { cart_id: 0 }, { cart_id: 'x'.repeat(201) }])(
    'is not found in %j',
    (properties) => {
      expect(keysIn(key, cart(properties))).toEqual([]);
    },
  );

  it('is given to an enrollment only where an exit of its journey has one', () => {
    const keyless = compile(aJourney({ entry: source.entry, exits: [] }), 1);

    expect(entryKeysOf(journey, cart({ cart_id: 'a' }))).toEqual(['properties.cart_id=a']);
    expect(entryKeysOf(keyless, cart({ cart_id: 'a' }))).toEqual([]);
  });

  it('is carried by events that can end an enrollment by it, and by no other', () => {
    const carried = (name: string, properties: JsonObject) =>
      exitKeysOf([journey], anEvent({ name, properties: { cart_id: 'a', ...properties } }));

    expect(carried('Order Completed', {})).toEqual(['properties.cart_id=a']);
    expect(carried('Cart Updated', { products: [] })).toEqual(['properties.cart_id=a']);
    expect(carried('Cart Updated', { products: ['p'] })).toEqual([]);
    expect(carried('Page Viewed', {})).toEqual([]);
  });
});

describe('an exit with a key', () => {
  const entry = cart({ cart_id: 'a', checkout_id: 'ch-1' });
  const endOf = (event: ReturnType<typeof order>, keys?: readonly string[]) =>
    exitOf(journey, { ...openingOf(entry), ...(keys && { keys }) }, event)?.as;

  it.each([0, -day, -400 * day])('fault 17: counts whenever it came: %d', (afterMs) => {
    expect(endOf(order({ cart_id: 'a' }, noon + afterMs))).toBe('converted');
  });

  it("fault 27: counts for another contact's event by its key alone", () => {
    expect(endOf(foundByKey(order({ checkout_id: 'ch-1' })))).toBe('converted');
    expect(endOf(foundByKey(order({ cart_id: 'b' })))).toBeUndefined();
    expect(endOf(order({ cart_id: 'b' }))).toBe('bought');
  });

  it('does not take the cart 4711 for the checkout 4711', () => {
    expect(endOf(foundByKey(order({ cart_id: 'ch-1' })))).toBeUndefined();
  });

  it('fault 19: counts by a key that an earlier entry event has given', () => {
    const keys = ['properties.cart_id=a', 'properties.checkout_id=earlier'];

    expect(endOf(foundByKey(order({ checkout_id: 'earlier' })), keys)).toBe('converted');
  });

  it('without an id is about the only cart of its own contact', () => {
    const only = openingOf(cart({}));

    expect(exitOf(journey, only, order({}))?.as).toBe('converted');
    expect(exitOf(journey, only, foundByKey(order({})))).toBeUndefined();
    expect(exitOf(journey, openingOf(entry), order({}))?.as).toBe('bought');
  });

  it('counts within its look-back, where its author sets one', () => {
    const [exit] = source.exits ?? [];
    if (!exit) throw new Error('no exit');
    const bounded = compile({ ...source, exits: [{ ...exit, lookBack: 'PT1H' }] }, 1);

    expect(exitOf(bounded, openingOf(entry), order({ cart_id: 'a' }, noon - day))).toBeUndefined();
  });
});

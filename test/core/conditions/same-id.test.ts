import type { Operator } from '../../../src/core/conditions/condition';
import { holds } from '../../../src/core/conditions/holds';
import { exitOf } from '../../../src/core/enrollments/exits';
import { entriesFor } from '../../../src/core/enrollments/routes-for';
import { all, any, equals, fact, intersects } from '../../../src/core/journeys/define-journey';
import { compile } from '../../../src/core/journeys/compile';
import type { Json, JsonObject } from '../../../src/core/json/json';
import { aJourney, anEvent } from '../../support/core/builders';
import { openingOf } from '../../support/core/enrolled';

function between(is: Operator, event: Json, entry: Json): boolean {
  const facts = { event: { properties: { id: event } }, entry: { properties: { id: entry } } };
  return holds(
    { fact: 'event.properties.id', is, to: { fact: 'entry.properties.id' } } as const,
    facts,
  );
}

describe('two facts', () => {
  it.each<[Operator, Json, Json]>([
    ['equals', 4711, '4711'],
    ['equals', '4711', 4711],
    ['equals', ' 4711 ', 4711],
    ['equals', [4711, 'x'], ['4711', 'x']],
    ['equals', { id: 4711 }, { id: '4711' }],
    ['equals', true, true],
    ['in', 4711, ['4711']],
    ['contains', ['4711'], 4711],
    ['intersects', [1, 4711], ['4711']],
    ['intersects', 4711, ['4711']],
  ])('fault 16: as text and as number are one id: %s %j %j', (is, event, entry) => {
    expect(between(is, event, entry)).toBe(true);
  });

  it.each<[Operator, Json, Json]>([
    ['not', 4711, '4711'],
    ['equals', 42, '0042'],
    ['equals', true, 'true'],
    ['equals', 1, true],
  ])('fault 16: are compared exactly otherwise: %s %j %j is false', (is, event, entry) => {
    expect(between(is, event, entry)).toBe(false);
  });

  it.each<[Operator, Json, Json]>([
    ['equals', '', ''],
    ['equals', ' ', '\t'],
    ['equals', 0, 0],
    ['equals', '0', 0],
    ['equals', 'null', 'null'],
    ['equals', [], []],
    ['equals', [''], ['']],
    ['in', '', ['']],
    ['contains', ['', 'a'], ''],
    ['contains', 'a text', ''],
    ['intersects', [null, 'a'], [null, 'b']],
    ['intersects', ['', 'a'], ['', 'b']],
    ['intersects', [' ', 'a'], ['', 'b']],
    ['intersects', [0, 'a'], [0, 'b']],
    ['intersects', '', ''],
  ])('R41: that state nothing are never equal: %s %j %j', (is, event, entry) => {
    expect(between(is, event, entry)).toBe(false);
  });

  it('R41: differ where one of them is blank', () => {
    expect(between('not', '', 'a')).toBe(true);
  });
});

describe('a fact and a value that the author wrote', () => {
  it.each<[Operator, Json, Json]>([
    ['equals', 0, 0],
    ['equals', '', ''],
    ['equals', [], []],
    ['equals', 'none', 'none'],
    ['in', 0, [0, 1]],
    ['intersects', ['guest', 'none'], ['none']],
  ])('R41: are equal also where they state no id: %j %s %j', (is, value, to) => {
    expect(holds({ fact: 'event.value', is, to }, { event: { value } })).toBe(true);
  });
});

const journey = compile(
  aJourney({
    entry: { events: ['Cart Updated'], key: ['properties.cart_id', 'properties.checkout_id'] },
    exits: [
      {
        events: ['Order Completed'],
        when: any(
          equals('event.properties.cart_id', fact('entry.properties.cart_id')),
          all(
            intersects(
              'event.properties.products[].variant_id',
              fact('entry.properties.products[].variant_id'),
            ),
          ),
        ),
        as: 'converted',
      },
    ],
  }),
  1,
);

const keyOf = (properties: JsonObject) =>
  entriesFor(anEvent({ properties }), [journey], {}).map(({ key }) => key);

describe('the key of an entry', () => {
  it('fault 16: is the same for a number and its text', () => {
    expect(keyOf({ cart_id: 4711 })).toEqual(keyOf({ cart_id: '4711' }));
  });

  it.each<Json>(['', ' ', 0, '0', null, 'undefined'])('R42: is never %j', (cart_id) => {
    expect(keyOf({ cart_id, checkout_id: 'k1' })).toEqual(['k1']);
    expect(keyOf({ cart_id })).toEqual([undefined]);
  });
});

describe('an order', () => {
  const exitBy = (order: JsonObject, cart: JsonObject) =>
    exitOf(
      journey,
      openingOf(anEvent({ properties: cart })),
      anEvent({ id: 'order', name: 'Order Completed', properties: order }),
    )?.as;

  it('fault 16: ends the enrollment of its cart whichever way both write the id', () => {
    expect(exitBy({ cart_id: '4711' }, { cart_id: 4711 })).toBe('converted');
    expect(exitBy({ cart_id: 4711 }, { cart_id: '4711' })).toBe('converted');
  });

  it.each<Json>([null, '', ' ', 0])('R41: shares no variant %j with another cart', (variant_id) => {
    const products = [{ variant_id, product_id: 'p' }];

    expect(exitBy({ cart_id: 'a', products }, { cart_id: 'b', products })).toBeUndefined();
  });
});

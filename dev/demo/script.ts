import type { Instant } from '../../src/core/time/clock';
import type { JsonObject } from '../../src/core/json/json';
import { cart, delivery, goods, order, type Product } from './goods';
import type { Shopper } from './shoppers';
import { hours } from './watch/virtual-time';

/** One call of the Segment client; `stamped` is the timestamp it carries, in virtual time. */
export type Call =
  | Readonly<{ kind: 'identify'; stamped: Instant; traits: JsonObject }>
  | Readonly<{
      kind: 'track';
      stamped: Instant;
      event: string;
      properties: JsonObject;
      messageId?: string;
    }>;

/**
 * Something a shopper does at a virtual instant: what the live view says, and what the shop's
 * server sends.
 */
export type Act = Readonly<{ at: Instant; shopper: Shopper; says: string; calls: readonly Call[] }>;

const { moka, cups, lamp, bowl, tray, vase } = goods;
const woolThrow = goods.throw;

/**
 * The whole play in the order of time. The scale makes an hour a second: acts that must not meet
 * stand a third of an hour apart.
 */
export function scriptFrom(opening: Instant): readonly Act[] {
  return [
    forgetful(opening),
    reviewer(opening + hours(1)),
    prompt(opening + hours(1, 30)),
    persuaded(opening + hours(2, 30)),
    hasty(opening + hours(3)),
    collector(opening + hours(4)),
    reserved(opening + hours(6, 30)),
  ]
    .flat()
    .toSorted((one, other) => one.at - other.at);
}

function forgetful(at: Instant): readonly Act[] {
  const filled = { ...cartUpdated('cart-1', at, [moka, cups]), messageId: 'cart-1-filled' };
  return [
    {
      at,
      shopper: 'forgetful',
      says: 'fills a basket with a moka pot and cups (reported twice)',
      calls: [joins('forgetful', at, consenting), filled, filled],
    },
  ];
}

function reviewer(at: Instant): readonly Act[] {
  const delivered = at - hours(6 * 24);
  const reviewed = at + hours(29);
  return [
    {
      at,
      shopper: 'reviewer',
      says: 'had a vase delivered six days back',
      calls: [
        joins('reviewer', at, consenting),
        track('Order Delivered', delivered, delivery('order-7', [vase])),
      ],
    },
    {
      at: reviewed,
      shopper: 'reviewer',
      says: 'writes a review of the vase',
      calls: [
        track('Review Submitted', reviewed, {
          order_id: 'order-7',
          product_id: vase.product_id,
          rating: 5,
        }),
      ],
    },
  ];
}

function prompt(at: Instant): readonly Act[] {
  const bought = at + hours(0, 15);
  return [
    {
      at,
      shopper: 'prompt',
      says: 'fills a basket with a walnut tray',
      calls: [joins('prompt', at, consenting), cartUpdated('cart-2', at, [tray])],
    },
    {
      at: bought,
      shopper: 'prompt',
      says: 'buys the tray',
      calls: [orderCompleted('order-2', 'cart-2', bought, [tray])],
    },
  ];
}

function persuaded(at: Instant): readonly Act[] {
  const bought = at + hours(8);
  const filled = { ...cartUpdated('cart-3', at, [lamp]), messageId: 'cart-3-filled' };
  const ordered = {
    ...orderCompleted('order-3', 'cart-3', bought, [lamp]),
    messageId: 'order-3-completed',
  };
  return [
    {
      at,
      shopper: 'persuaded',
      says: 'fills a basket with an olive wood lamp',
      calls: [joins('persuaded', at, consenting), filled],
    },
    {
      at: bought,
      shopper: 'persuaded',
      says: 'buys the lamp (reported twice, and her basket once more)',
      calls: [ordered, ordered, filled],
    },
  ];
}

function hasty(at: Instant): readonly Act[] {
  const late = at + hours(0, 20);
  return [
    {
      at,
      shopper: 'hasty',
      says: 'buys a ceramic bowl; her order arrives first …',
      calls: [joins('hasty', at, consenting), orderCompleted('order-4', 'cart-4', at, [bowl])],
    },
    {
      at: late,
      shopper: 'hasty',
      says: '… and the basket it came from arrives after it',
      calls: [cartUpdated('cart-4', at - hours(0, 5), [bowl])],
    },
  ];
}

function collector(at: Instant): readonly Act[] {
  const puts = (says: string, when: Instant, products: readonly Product[]): Act => ({
    at: when,
    shopper: 'collector',
    says,
    calls: [cartUpdated('cart-5', when, products)],
  });
  const first = puts('fills a basket with espresso cups', at, [cups]);
  const older = cartUpdated('cart-5', at + hours(0, 10), [cups, bowl]);
  const bought = at + hours(29);
  return [
    { ...first, calls: [joins('collector', at, consenting), ...first.calls] },
    puts('adds a moka pot', at + hours(0, 20), [cups, moka]),
    puts('adds a lamp', at + hours(0, 40), [cups, moka, lamp]),
    puts('takes a wool throw instead of the cups', at + hours(1), [woolThrow, moka, lamp]),
    {
      at: at + hours(1, 20),
      shopper: 'collector',
      says: 'an older state of her basket arrives late',
      calls: [older],
    },
    {
      at: bought,
      shopper: 'collector',
      says: 'buys throw, moka pot and lamp',
      calls: [orderCompleted('order-5', 'cart-5', bought, [woolThrow, moka, lamp])],
    },
  ];
}

function reserved(at: Instant): readonly Act[] {
  return [
    {
      at,
      shopper: 'reserved',
      says: 'fills a basket with a wool throw',
      calls: [joins('reserved', at, {}), cartUpdated('cart-6', at, [woolThrow])],
    },
  ];
}

const consenting: JsonObject = { consents: { marketing: { email: true } } };

function joins(shopper: Shopper, stamped: Instant, consent: JsonObject): Call {
  return { kind: 'identify', stamped, traits: { email: `${shopper}@example.com`, ...consent } };
}

function track(event: string, stamped: Instant, properties: JsonObject): Call {
  return { kind: 'track', stamped, event, properties };
}

function cartUpdated(id: string, stamped: Instant, products: readonly Product[]): Call {
  return track('Cart Updated', stamped, cart(id, stamped, products));
}

function orderCompleted(
  id: string,
  cartId: string,
  stamped: Instant,
  products: readonly Product[],
): Call {
  return track('Order Completed', stamped, order(id, cartId, products));
}

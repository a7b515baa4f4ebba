import type { Random } from './random';

/** One message of one shopper. */
export type Planned = Readonly<{
  id: string;
  name: 'Cart Updated' | 'Ping' | 'Product Viewed' | 'Order Completed';
  cart: string;
}>;

/**
 * The course of a cart. Pings may overtake their cart; the order comes last, after every answer.
 */
export type CartPlan = Readonly<{
  cart: string;
  opening: Planned;
  during: readonly Planned[];
  order: Planned;
}>;

/** The `n`-th cart, with one to six pings and twice as many events nobody hears. */
export function planCart(random: Random, n: number): CartPlan {
  const cart = `cart-${n}`;
  const pings = 1 + random.below(6);
  const event = (name: Planned['name'], nth = 0): Planned => ({
    id: `${name}-${cart}-${nth}`,
    name,
    cart,
  });
  return {
    cart,
    opening: event('Cart Updated'),
    during: [
      ...Array.from({ length: pings }, (_, nth) => event('Ping', nth)),
      ...Array.from({ length: 2 * pings }, (_, nth) => event('Product Viewed', nth)),
    ],
    order: event('Order Completed'),
  };
}

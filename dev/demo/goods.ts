import type { Instant } from '../../src/core/time/clock';
import type { JsonObject } from '../../src/core/json/json';

const shop = 'https://shop.itinera.example';

const product = (id: string, name: string, price: number) => ({
  product_id: id,
  variant_id: `${id}-standard`,
  sku: id.toUpperCase(),
  name,
  quantity: 1,
  price,
  url: `${shop}/p/${id}`,
  image_url: `${shop}/p/${id}.jpg`,
});

export type Product = ReturnType<typeof product>;

export const goods = {
  moka: product('moka', 'Moka pot', 34.5),
  cups: product('cups', 'Espresso cups', 28),
  lamp: product('lamp', 'Olive wood lamp', 119),
  throw: product('throw', 'Wool throw', 84.9),
  bowl: product('bowl', 'Ceramic bowl', 22),
  tray: product('tray', 'Walnut tray', 39),
  vase: product('vase', 'Glass vase', 45),
} as const;

/** What a shop reports of a basket, as Segment's e-commerce specification names it. */
export function cart(id: string, at: Instant, products: readonly Product[]): JsonObject {
  return {
    cart_id: id,
    updated_at: new Date(at).toISOString(),
    currency: 'EUR',
    total: totalOf(products),
    cart_url: `${shop}/cart/${id}`,
    products,
  };
}

export function order(id: string, cartId: string, products: readonly Product[]): JsonObject {
  return { order_id: id, cart_id: cartId, currency: 'EUR', total: totalOf(products), products };
}

export function delivery(orderId: string, products: readonly Product[]): JsonObject {
  return { order_id: orderId, review_url: `${shop}/reviews/${orderId}`, products };
}

function totalOf(products: readonly Product[]): number {
  const cents = products.reduce((sum, { price, quantity }) => sum + price * 100 * quantity, 0);
  return Math.round(cents) / 100;
}

import type { RenderFacts } from '../../src/channels/templates/render';
import type { JsonObject } from '../../src/core/json/json';

/** Events as a shop sends them, in the form of Segment's e-commerce specification. */
export const cartProperties: JsonObject = {
  cart_id: 'cart-7f3a',
  currency: 'EUR',
  total: 91.3,
  cart_url: 'https://bottega.example/cart/7f3a?lang=it&from=app',
  products: [
    {
      product_id: 'moka-3',
      variant_id: 'moka-3-red',
      sku: 'MK3R',
      name: 'Moka "Tre Tazze" & co.',
      quantity: 1,
      price: 34.5,
      image_url: 'https://bottega.example/img/moka.jpg',
      url: 'https://bottega.example/p/moka-3',
    },
    { product_id: 'cup', variant_id: 'cup-blue', name: 'Tazzina Blu', quantity: 4, price: 14.2 },
  ],
};

export const signUpProperties: JsonObject = { shop_url: 'https://bottega.example/shop' };

export const deliveryProperties: JsonObject = {
  order_id: 'IT-20418',
  review_url: 'https://bottega.example/reviews/IT-20418',
  products: [
    { product_id: 'moka-3', name: 'Moka Tre Tazze', url: 'https://bottega.example/p/moka-3' },
    { product_id: 'cup', name: 'Tazzina Blu', review_url: 'https://bottega.example/r/cup' },
    { product_id: 'spoon', name: 'Cucchiaino' },
    { product_id: 'tray', name: 'Vassoio' },
  ],
};

export function factsOf(
  properties: JsonObject,
  traits: JsonObject = { firstName: 'Giulia' },
): RenderFacts {
  return {
    contact: { email: 'giulia@example.com', locale: 'it-IT', traits },
    entry: { name: 'Cart Updated', occurredAt: Date.parse('2026-05-04T08:00:00Z'), properties },
    workspace: { name: 'Bottega Anita', postalAddress: 'Via Roma 1, 10121 Torino' },
    links: { unsubscribe: 'https://mail.bottega.example/u/token.signature' },
  };
}

/** The example of `Checkout Started` and `Order Completed` in Segment's published specification. */
export const segmentOrder = {
  order_id: '50314b8e9bcf',
  affiliation: 'Google Store',
  value: 30,
  revenue: 25,
  total: 27.5,
  shipping: 3,
  tax: 2,
  discount: 2.5,
  coupon: 'hasbros',
  currency: 'USD',
  products: [
    {
      product_id: '507f1f77bcf8',
      sku: 'G-32',
      name: 'Monopoly: 3rd Edition',
      price: 19,
      quantity: 1,
      category: 'Games',
      variant: '200 pieces',
      url: 'https://www.example.com/product/path',
      image_url: 'https://www.example.com/product/path.jpg',
    },
    {
      product_id: '505bd76785eb',
      sku: '46493-32',
      name: 'Uno Card Game',
      price: 3,
      quantity: 2,
      category: 'Games',
    },
  ],
} satisfies JsonObject;

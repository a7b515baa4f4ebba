export const journeyId = 'outage';

/** A cart waits for its order, and does nothing else. */
export const journey = {
  id: journeyId,
  name: 'Outage',
  stage: 'decision',
  entry: { events: ['Cart Updated'], key: ['properties.cart_id'] },
  exits: [
    {
      events: ['Order Completed'],
      when: {
        fact: 'event.properties.cart_id',
        is: 'equals',
        to: { fact: 'entry.properties.cart_id' },
      },
      as: 'converted',
    },
  ],
  steps: [{ id: 'pause', kind: 'wait', for: 'P30D' }],
};

export type ShopEvent = Readonly<{ id: string; name: string; cart: string }>;

const viewed = 'Product Viewed';
const names = ['Cart Updated', viewed, 'Order Completed', viewed, viewed];
/** How many events a cart and its order have; the rest of `names` is looked at meanwhile. */
export const eventsPerCart = names.length;

/**
 * The n-th event of a phase. A cart is filled, looked at and bought; most events are looks, which
 * nobody waits for.
 */
export function eventOf(phase: string, n: number): ShopEvent {
  const cart = `${phase}-${Math.floor(n / eventsPerCart)}`;
  return { id: `${phase}-event-${n}`, name: names[n % eventsPerCart] ?? viewed, cart };
}

export function bodyOf({ id, name, cart }: ShopEvent): object {
  return { id, name, contact: { userId: `shopper-${cart}` }, properties: { cart_id: cart } };
}

import type { Client } from '../survive/shop';

export const journeyId = 'mail-trouble';

/** The domain of every address. It must stand in no history. */
export const domain = 'canary.test';

/** The treatment of a recipient by the mail server, whatever it does to others. */
export type Fate = 'taken' | 'greylisted' | 'blocked' | 'nobody' | 'cut';

const fates: Partial<Record<number, Fate>> = {
  3: 'greylisted',
  7: 'nobody',
  11: 'greylisted',
  13: 'blocked',
  17: 'cut',
};
const every = 25;

/** The fates of the carts follow from their numbers. */
export function fateOf(address: string): Fate {
  const [cart = ''] = address.split('@');
  return fates[numberOf(cart) % every] ?? 'taken';
}

/** Every fifth cart of those that nothing special happens to is bought. */
export function isBought(cart: string): boolean {
  return numberOf(cart) % 5 === 4;
}

export const cartsOf = (mails: number) => Array.from({ length: mails }, (_, n) => `cart-${n}`);

export const addressOf = (cart: string) => `${cart}@${domain}`;

function numberOf(cart: string): number {
  return Number(cart.slice('cart-'.length));
}

/** A reminder after five minutes; an order of the same cart ends it. */
const journey = {
  id: journeyId,
  name: 'Mail trouble',
  stage: 'decision',
  entry: { events: ['Cart Left'], key: ['properties.cart_id'] },
  exits: [
    {
      events: ['Cart Bought'],
      when: {
        fact: 'event.properties.cart_id',
        is: 'equals',
        to: { fact: 'entry.properties.cart_id' },
      },
      as: 'converted',
    },
  ],
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT5M' },
    { id: 'remind', kind: 'send', template: journeyId, purpose: 'service' },
  ],
};

const template = {
  id: journeyId,
  channel: 'email',
  defaultLocale: 'en',
  locales: { en: { subject: 'Your cart', html: '<p>Your cart is waiting.</p>' } },
};

export async function publish({ call }: Client): Promise<void> {
  await call({ method: 'PUT', path: `/v1/templates/${journeyId}`, body: template });
  await call({ method: 'PUT', path: `/v1/journeys/${journeyId}`, body: journey });
}

/** Sends an event of a cart until it is acknowledged, and answers when that was. */
export async function tell(
  { call }: Client,
  name: 'Cart Left' | 'Cart Bought',
  cart: string,
): Promise<number> {
  const contact = { userId: `shopper-${cart}`, email: addressOf(cart) };
  const body = { id: `${name}-${cart}`, name, contact, properties: { cart_id: cart } };
  await call({ method: 'POST', path: '/v1/events', body });
  return Date.now();
}

import type { Client } from '../survive/shop';

const ofSameCart = {
  fact: 'event.properties.cart_id',
  is: 'equals',
  to: { fact: 'entry.properties.cart_id' },
};
const common = {
  stage: 'decision',
  entry: { events: ['Cart Updated'], key: ['properties.cart_id'] },
};

/**
 * Hears every ping once and writes each down. It sends nothing, because the gate would hide faults
 * of routing.
 */
const listening = {
  ...common,
  id: 'chaos-listening',
  name: 'Chaos listening',
  exits: [{ events: ['Order Completed'], when: ofSameCart, as: 'converted' }],
  steps: [
    {
      id: 'listen',
      kind: 'waitFor',
      events: [{ names: ['Ping'], when: ofSameCart, next: 'listen' }],
      timeout: 'PT1000H',
      since: 'entry',
    },
  ],
};

/** Sends one message a cart, whatever else happens. */
const sending = {
  ...common,
  id: 'chaos-sending',
  name: 'Chaos sending',
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT1M' },
    { id: 'remind', kind: 'send', template: 'chaos', purpose: 'service' },
  ],
};

const template = {
  id: 'chaos',
  channel: 'email',
  defaultLocale: 'en',
  locales: { en: { subject: 'chaos {{ entry.properties.cart_id }}', html: '<p>Your cart.</p>' } },
};

export async function publishChaos({ call }: Client): Promise<void> {
  await call({ method: 'PUT', path: '/v1/templates/chaos', body: template });
  for (const journey of [listening, sending]) {
    await call({ method: 'PUT', path: `/v1/journeys/${journey.id}`, body: journey });
  }
}

import type { Product } from './bench';
import { closedLoop } from './closed-loop';
import { untilDelivered } from './settled';

/** Waits for an event that never comes, hears every ping for a later step, and sends nothing. */
const listening = {
  id: 'bench-listening',
  name: 'Bench: listening',
  stage: 'decision',
  entry: { events: ['Bench Cart Updated'], key: ['properties.cart_id'] },
  exits: [{ events: ['Bench Order Completed'], as: 'converted' }],
  steps: [
    {
      id: 'pause',
      kind: 'waitFor',
      events: [{ names: ['Bench Never'], next: 'heard' }],
      timeout: 'PT720H',
      onTimeout: 'listen',
    },
    {
      id: 'listen',
      kind: 'waitFor',
      events: [{ names: ['Ping'], next: 'heard' }],
      timeout: 'P30D',
    },
    { id: 'heard', kind: 'exit' },
  ],
};

/** The same with a first wait that nothing ends. So its workflow begins after that. */
const idle = {
  ...listening,
  id: 'bench-idle',
  name: 'Bench: idle',
  entry: { ...listening.entry, events: ['Bench Cart Left'] },
  steps: [{ id: 'pause', kind: 'wait', for: 'PT720H' }, ...listening.steps.slice(1)],
};

const lanes = 32;

export async function publishListening({ rest }: Product): Promise<void> {
  for (const body of [listening, idle])
    await rest.call({ method: 'PUT', path: `/v1/journeys/${body.id}`, body });
}

/** An event that its one journey hears. */
export function pingOf(id: string, userId: string) {
  return { id, name: 'Ping', contact: { userId }, properties: { cart_id: userId } };
}

type Entry = 'Bench Cart Updated' | 'Bench Cart Left' | 'Bench Cart Filled' | 'Bench Reach Awaited';

/**
 * Sends an entry event for each user. Answers the ids of their workflows once Temporal has them.
 */
export async function enterAll(
  product: Product,
  users: readonly string[],
  name: Entry = 'Bench Cart Updated',
  contactOf: (userId: string) => object = (userId) => ({ userId }),
): Promise<readonly string[]> {
  const eventOf = (userId: string) => ({
    id: `entry-${userId}`,
    name,
    contact: contactOf(userId),
    properties: { cart_id: userId },
  });
  await closedLoop({ count: users.length, lanes }, (n) =>
    product.post('/v1/events', eventOf(users[n] ?? '')),
  );
  await untilDelivered(product);
  const ids = users.map((userId) => `entry-${userId}`);
  const stored = await product.events.find({ workspace: 'default', id: { $in: ids } }).toArray();
  return stored.flatMap(({ targets }) => targets.map(({ enrollment }) => enrollment));
}

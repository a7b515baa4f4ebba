import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../chaos/random';
import type { Client } from '../survive/shop';

/** The events that race a reminder. Some reminders have no rival. */
export const rivals = ['purchase', 'unsubscribe', 'erase', 'nobody'] as const;
export type Rival = (typeof rivals)[number];

/** A race, and when its rival was acknowledged. */
export type Race = Readonly<{
  address: string;
  enrollment: string;
  rival: Rival;
  acknowledgedAt: number;
}>;

const journeyId = 'chaos-sends';
const waitMs = 60_000;

const ofSameCart = {
  fact: 'event.properties.cart_id',
  is: 'equals',
  to: { fact: 'entry.properties.cart_id' },
};

const journey = {
  id: journeyId,
  name: 'Chaos sends',
  stage: 'decision',
  entry: { events: ['Cart Left'], key: ['properties.cart_id'] },
  exits: [{ events: ['Cart Bought'], when: ofSameCart, as: 'converted' }],
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT1M' },
    { id: 'remind', kind: 'send', template: journeyId, purpose: 'service' },
  ],
};

const template = {
  id: journeyId,
  channel: 'email',
  defaultLocale: 'en',
  locales: { en: { subject: 'Your cart', html: '<p>Your cart is waiting.</p>' } },
};

/** Publishes the reminder that is raced, and its template. */
export async function publish({ call }: Client): Promise<void> {
  await call({ method: 'PUT', path: `/v1/templates/${journeyId}`, body: template });
  await call({ method: 'PUT', path: `/v1/journeys/${journeyId}`, body: journey });
}

type Course = Readonly<{
  isOver(begun: number): boolean;
  lanes: number;
  timeScale: number;
  random: Random;
}>;

/** Runs the races, some at a time. */
export async function race(client: Client, course: Course): Promise<readonly Race[]> {
  const raced: Race[] = [];
  let begun = 0;
  const lane = async () => {
    while (!course.isOver(begun)) {
      begun += 1;
      raced.push(await runOne(client, course, begun));
    }
  };
  await Promise.all(Array.from({ length: course.lanes }, lane));
  return raced;
}

const [earliestMs, spreadMs] = [-150, 600];

async function runOne(client: Client, { timeScale, random }: Course, nth: number): Promise<Race> {
  const runner = { userId: `racer-${nth}`, address: `racer-${nth}@shop.test` };
  const rival = random.pick(rivals);
  const offset = earliestMs + random.below(spreadMs);
  const enrollment = await tell(client, 'Cart Left', runner);
  await pause(waitMs / timeScale + offset);
  if (rival !== 'nobody') await oppose(client, rival, runner);
  return { address: runner.address, enrollment, rival, acknowledgedAt: Date.now() };
}

type Runner = Readonly<{ userId: string; address: string }>;

async function oppose(
  client: Client,
  rival: Exclude<Rival, 'nobody'>,
  runner: Runner,
): Promise<void> {
  const path = `/v1/contacts/${runner.userId}`;
  if (rival === 'purchase') await tell(client, 'Cart Bought', runner);
  else if (rival === 'erase') await client.call({ method: 'DELETE', path });
  else {
    const body = { consents: { service: { email: false } } };
    await client.call({ method: 'PUT', path, body });
  }
}

type Told = Readonly<{ results: readonly Readonly<{ enrollments: readonly string[] }>[] }>;

/** Sends an event of a cart until it is acknowledged, and answers the first enrollment. */
async function tell(
  { call }: Client,
  name: 'Cart Left' | 'Cart Bought',
  { userId, address }: Runner,
): Promise<string> {
  const contact = { userId, email: address };
  const body = { id: `${name}-${userId}`, name, contact, properties: { cart_id: userId } };
  const { results } = await call<Told>({ method: 'POST', path: '/v1/events', body });
  return results[0]?.enrollments[0] ?? '';
}

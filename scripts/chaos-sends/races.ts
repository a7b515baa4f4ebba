import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../chaos/random';
import type { Client } from '../survive/shop';
import { until } from '../survive/stack';
import type { HandOver } from './provider';

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
  /** The log of the provider, as it grows. */
  handOvers(): readonly HandOver[];
}>;

/** A course with the instant at which each race without a rival began, by its address. */
type Begun = Course & Readonly<{ begunAt: Map<string, number> }>;

/** Runs the races, some at a time. */
export async function race(client: Client, given: Course): Promise<readonly Race[]> {
  const course = { ...given, begunAt: new Map<string, number>() };
  const raced: Race[] = [await warmedUp(client, course)];
  let begun = raced.length;
  const lane = async () => {
    while (!course.isOver(begun)) {
      begun += 1;
      raced.push(await runOne(client, course, { nth: begun, rival: course.random.pick(rivals) }));
    }
  };
  await Promise.all(Array.from({ length: course.lanes }, lane));
  return raced;
}

const [earliestMs, spreadMs] = [-200, 400];

/** The first reminder of a new stack takes long. Until it is there, no race would be close. */
async function warmedUp(client: Client, course: Begun): Promise<Race> {
  const first = await runOne(client, course, { nth: 1, rival: 'nobody' });
  await until('the first reminder has gone out', () =>
    Promise.resolve(course.handOvers().length > 0 ? true : undefined),
  );
  course.begunAt.clear();
  return first;
}

type Start = Readonly<{ nth: number; rival: Rival }>;

async function runOne(client: Client, course: Begun, { nth, rival }: Start): Promise<Race> {
  const { random, timeScale } = course;
  const runner = { userId: `racer-${nth}`, address: `racer-${nth}@shop.test` };
  const enrollment = await tell(client, 'Cart Left', runner);
  if (rival === 'nobody') course.begunAt.set(runner.address, Date.now());
  const dueMs = Math.min(usualDelay(course) ?? waitMs / timeScale, longestDelayMs);
  await pause(Math.max(0, dueMs + earliestMs + random.below(spreadMs)));
  if (rival !== 'nobody') await oppose(client, rival, runner);
  return { address: runner.address, enrollment, rival, acknowledgedAt: Date.now() };
}

const newest = 9;
/** After the death of the worker a reminder is later than anybody can foresee. */
const longestDelayMs = 6_000;

/** The median time from the start of a race to its hand-over, so that rivals come beside it. */
function usualDelay({ begunAt, handOvers }: Begun): number | undefined {
  const delays = handOvers()
    .flatMap(({ to, at }) => {
      const begun = begunAt.get(to);
      return begun === undefined ? [] : [at - begun];
    })
    .slice(-newest);
  return delays.toSorted((a, b) => a - b)[Math.floor(delays.length / 2)];
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

type Told = Readonly<{
  results: readonly Readonly<{ enrollments: readonly Readonly<{ id: string }>[] }>[];
}>;

/** Sends an event of a cart until it is acknowledged, and answers the first enrollment. */
async function tell(
  { call }: Client,
  name: 'Cart Left' | 'Cart Bought',
  { userId, address }: Runner,
): Promise<string> {
  const contact = { userId, email: address };
  const body = { id: `${name}-${userId}`, name, contact, properties: { cart_id: userId } };
  const { results } = await call<Told>({ method: 'POST', path: '/v1/events', body });
  return results[0]?.enrollments[0]?.id ?? '';
}

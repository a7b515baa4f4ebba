import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../scripts/survive/stack';
import type { Product } from '../bench';
import { closedLoop } from '../closed-loop';
import { enterAll } from '../listening';
import { untilSettled } from '../settled';
import type { Contender } from './contender';

/** Enters, waits, sends one message and ends. */
const journey = {
  id: 'bench-journey',
  name: 'Bench: a whole journey',
  stage: 'decision',
  entry: { events: ['Bench Cart Filled'], key: ['properties.cart_id'] },
  exits: [{ events: ['Bench Order Completed'], as: 'converted' }],
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT5S' },
    { id: 'tell', kind: 'send', template: 'bench', purpose: 'service' },
  ],
};

const limitMs = 300_000;

export async function publishJourney({ rest }: Product): Promise<void> {
  await rest.call({ method: 'PUT', path: `/v1/journeys/${journey.id}`, body: journey });
}

/** Takes so many people through the journey, until each has its mail and each workflow its end. */
export async function whole(contender: Contender, count: number, round: number): Promise<number> {
  const users = Array.from({ length: count }, (_, n) => `whole-${round}-${n}`);
  const contactOf = (userId: string) => ({ userId, email: `${userId}@shop.test` });
  const ids = await enterAll(contender, users, 'Bench Cart Filled', contactOf);
  const heard = () => users.every((user) => contender.mailsHeardAt.has(`${user}@shop.test`));
  await until('all mails have arrived', () => Promise.resolve(heard() || undefined), limitMs);
  await closedLoop({ count: ids.length, lanes: 16 }, async (n) => {
    const handle = contender.temporal.workflow.getHandle(ids[n] ?? '');
    while ((await handle.describe()).status.name === 'RUNNING') await pause(20);
  });
  return count;
}

/** Lets so many people enter, until each journey has come to its first wait. */
export async function started(contender: Contender, count: number, round: number): Promise<number> {
  const users = Array.from({ length: count }, (_, n) => `starter-${round}-${n}`);
  await untilSettled(contender, await enterAll(contender, users, 'Bench Cart Left'));
  return count;
}

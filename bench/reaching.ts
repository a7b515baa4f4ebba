import type { Bench } from './bench';
import { enterAll } from './listening';
import { untilSettled } from './settled';
import { publishTemplate } from './template';
import { until } from '../scripts/survive/stack';

const entryEvent = 'Bench Reach Awaited';

/** Waits for an event, and sends a message at once. */
const reaching = {
  id: 'bench-reaching',
  name: 'Bench: reaching',
  stage: 'decision',
  entry: { events: [entryEvent], key: ['properties.cart_id'] },
  steps: [
    {
      id: 'listen',
      kind: 'waitFor',
      events: [{ names: ['Bench Reached'], next: 'tell' }],
      timeout: 'P30D',
    },
    { id: 'tell', kind: 'send', template: 'bench', purpose: 'service' },
  ],
};

export async function publishReaching(bench: Bench): Promise<void> {
  await publishTemplate(bench);
  await bench.rest.call({ method: 'PUT', path: `/v1/journeys/${reaching.id}`, body: reaching });
}

/** Lets each user wait for the event that reaches them. */
export async function awaitReach(bench: Bench, users: readonly string[]): Promise<void> {
  await untilSettled(bench, await enterAll(bench, users, entryEvent));
}

/** An event with an address to write to. The first of each user is heard by the journey above. */
export function reachOf(userId: string, name = 'Bench Reached') {
  return {
    id: `reach-${userId}`,
    name,
    contact: { userId, email: addressOf(userId) },
    properties: { cart_id: userId },
  };
}

export function addressOf(userId: string): string {
  return `${userId}@shop.test`;
}

/** Waits until the mail server has heard of each user. Answers when, in real milliseconds. */
export function untilMailed(
  { mailsHeardAt }: Bench,
  users: readonly string[],
): Promise<readonly number[]> {
  const ask = () => {
    const times = users.map((userId) => mailsHeardAt.get(addressOf(userId)));
    return Promise.resolve(times.every((time) => time !== undefined) ? times : undefined);
  };
  return until('all mails have arrived', ask, 600_000);
}

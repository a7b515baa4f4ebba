import type { Bench } from './bench';
import { openLoop } from './open-loop';
import { awaitReach, publishReaching, reachOf, untilMailed } from './reaching';
import { quantile } from './row';

const perSecond = 3;
const entryEvent = 'Bench Welcome Due';

/** Sends a message to everybody who enters. */
const welcoming = {
  id: 'bench-welcoming',
  name: 'Bench: welcoming',
  stage: 'decision',
  entry: { events: [entryEvent], key: ['properties.cart_id'] },
  steps: [{ id: 'tell', kind: 'send', template: 'bench', purpose: 'service' }],
};

/** The slowest but one in a hundred; times in milliseconds from the event. */
export type FreshDelays = Readonly<{
  /** To the answer. */
  accepted: number;
  /** To the provider's first command, where a waiting journey hears the event. */
  heard: number;
  /** The same, where the event enters a journey. */
  entered: number;
  /** The mails of others that go out between an event and its own mail. */
  mailsBefore: number;
}>;

export async function publishFresh(bench: Bench): Promise<void> {
  await publishReaching(bench);
  await bench.rest.call({ method: 'PUT', path: `/v1/journeys/${welcoming.id}`, body: welcoming });
}

/** Events of people who have a name in common. A waiting journey hears every other one. */
export type Fresh = Readonly<{ name: string; events: number }>;

/** Lets people wait for as many events as may come in some seconds. */
export async function prepareFresh(bench: Bench, name: string, seconds: number): Promise<Fresh> {
  const fresh = { name, events: Math.ceil(seconds * perSecond) };
  const users = Array.from({ length: fresh.events }, (_, n) => userOf(fresh, n));
  await awaitReach(
    bench,
    users.filter((_, n) => isHeard(n)),
  );
  return fresh;
}

/** Sends events at a steady rate for as long as the work takes, and sees whom they reach when. */
export async function besideFresh<Result>(
  bench: Bench,
  fresh: Fresh,
  work: () => Promise<Result>,
): Promise<Readonly<{ result: Result; delays: FreshDelays }>> {
  let isDone = false;
  const sentAt: number[] = [];
  const answeredMs: number[] = [];
  const isOver = (calls: number) => isDone || calls === fresh.events;
  const sending = openLoop({ perSecond, isOver }, async (n) => {
    sentAt[n] = Date.now();
    const event = isHeard(n) ? 'Bench Reached' : entryEvent;
    await bench.post('/v1/events', reachOf(userOf(fresh, n), event));
    answeredMs[n] = Date.now() - (sentAt[n] ?? NaN);
  });
  const result = await work().finally(() => {
    isDone = true;
  });
  await sending;
  const users = sentAt.map((_, n) => userOf(fresh, n));
  const reachedAt = await untilMailed(bench, users);
  const reachedMs = reachedAt.map((time, n) => time - (sentAt[n] ?? NaN));
  const mailed = [...bench.mailsHeardAt.values()];
  const before = reachedAt.map((at, n) => {
    const since = sentAt[n] ?? NaN;
    return mailed.filter((time) => time > since && time < at).length;
  });
  const slowest = (delays: readonly number[]) => quantile(delays, 0.99);
  return {
    result,
    delays: {
      accepted: slowest(answeredMs),
      heard: slowest(reachedMs.filter((_, n) => isHeard(n))),
      entered: slowest(reachedMs.filter((_, n) => !isHeard(n))),
      mailsBefore: slowest(before),
    },
  };
}

function isHeard(n: number): boolean {
  return n % 2 === 0;
}

function userOf({ name }: Fresh, n: number): string {
  return `fresh-${name}-${n}`;
}

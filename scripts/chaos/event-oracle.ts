import { everyOne, type Client } from '../survive/shop';
import type { CartPlan } from './plan';

type Stored = Readonly<{
  id: string;
  status: string;
  targets: readonly Readonly<{ at?: string }>[];
}>;

/** What is wrong with what the api says became of the events of these carts. */
export async function eventFaults(
  client: Client,
  carts: readonly CartPlan[],
): Promise<readonly string[]> {
  const events = await everyOne<Stored>(client, '/v1/events?');
  const stored = new Map(events.map((event) => [event.id, event]));
  const sent = carts.flatMap(({ opening, during, order }) => [opening, ...during, order]);
  return sent.flatMap(({ id }) => {
    const event = stored.get(id);
    if (!event) return [`${id} is not found`];
    const isDone =
      event.status === 'delivered' && event.targets.every(({ at }) => at !== undefined);
    return isDone ? [] : [`${id} is ${event.status}`];
  });
}

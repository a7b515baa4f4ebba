import type { Client } from '../survive/shop';
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
  const stored = new Map((await everyEvent(client)).map((event) => [event.id, event]));
  const sent = carts.flatMap(({ opening, during, order }) => [opening, ...during, order]);
  return sent.flatMap(({ id }) => {
    const event = stored.get(id);
    if (!event) return [`${id} is not found`];
    const isDone =
      event.status === 'delivered' && event.targets.every(({ at }) => at !== undefined);
    return isDone ? [] : [`${id} is ${event.status}`];
  });
}

async function everyEvent({ call }: Client): Promise<readonly Stored[]> {
  const events: Stored[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const path = `/v1/events?limit=200${cursor && `&cursor=${cursor}`}`;
    const page: { data: Stored[]; nextCursor?: string } = await call({ method: 'GET', path });
    events.push(...page.data);
    cursor = page.nextCursor;
  }
  return events;
}

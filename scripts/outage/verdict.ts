import { groupBy } from '../../src/core/group-by';
import { everyOne, type Client, type Row } from '../survive/shop';
import type { Answer } from './load';
import { journeyId } from './shop';

/** What the API tells of an event: its status and what it did, in short. */
type Told = Readonly<{
  status: string;
  targets: readonly Readonly<{ effect: string }>[];
  refusals: readonly Readonly<{ journey: string; reason: string }>[];
}>;

/** The carts whose acknowledged events are not all applied, or not once. */
export async function misapplied(
  client: Client,
  acknowledged: readonly Answer[],
): Promise<readonly string[]> {
  const ends = await endsByCart(client);
  const told = await toldOf(client, acknowledged);
  return [...groupBy(acknowledged, ({ event }) => event.cart)].flatMap(([cart, answers]) => {
    const events = answers.map(({ event }) => `${event.name}: ${told.get(event.id) ?? 'unknown'}`);
    const found = [...events.toSorted(), `ends: ${(ends.get(cart) ?? []).join()}`].join('; ');
    return outcomesOf(answers).includes(found) ? [] : [`${cart}: ${found}`];
  });
}

/**
 * An order that is received before its cart refuses the cart. The order of receipt is certain only
 * where the answer to one preceded the sending of the other.
 */
function outcomesOf(answers: readonly Answer[]): readonly string[] {
  const cart = answers.find(({ event }) => event.name === 'Cart Updated');
  const order = answers.find(({ event }) => event.name === 'Order Completed');
  const views = answers
    .filter(({ event }) => event.name === 'Product Viewed')
    .map(() => 'Product Viewed: delivered');
  const bought = [
    'Cart Updated: delivered entered',
    'Order Completed: delivered exited',
    ...views,
    'ends: converted',
  ].join('; ');
  const overtaken = [
    'Cart Updated: delivered already-converted',
    'Order Completed: delivered',
    ...views,
    'ends: ',
  ].join('; ');
  if (!cart || !order) return [];
  return [
    ...(cart.sentAt < order.sentAt + order.tookMs ? [bought] : []),
    ...(order.sentAt < cart.sentAt + cart.tookMs ? [overtaken] : []),
  ];
}

async function toldOf(
  client: Client,
  acknowledged: readonly Answer[],
): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, string>();
  const left = acknowledged.map(({ event }) => event.id);
  const lane = async () => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      told.set(id, await fateOf(client, id).catch((error: unknown) => String(error)));
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return told;
}

async function fateOf({ call }: Client, id: string): Promise<string> {
  const { status, targets, refusals } = await call<Told>({
    method: 'GET',
    path: `/v1/events/${id}`,
  });
  const effects = targets.map(({ effect }) => effect);
  // The built-in journeys say so, too, where they do not take an event in.
  const own = refusals.filter(({ journey }) => journey === journeyId);
  return [status, ...effects, ...own.map(({ reason }) => reason)].join(' ');
}

async function endsByCart(client: Client): Promise<ReadonlyMap<string, readonly string[]>> {
  const ends = new Map<string, readonly string[]>();
  for (const { key, ended } of await everyOne<Row>(
    client,
    `/v1/enrollments?journey=${journeyId}`,
  )) {
    ends.set(key, [...(ends.get(key) ?? []), ended?.as ?? 'open']);
  }
  return ends;
}

/** Whether any event still waits to be delivered. */
export async function isPending({ call }: Client): Promise<boolean> {
  const path = '/v1/events?status=pending&limit=1';
  return (await call<{ data: readonly unknown[] }>({ method: 'GET', path })).data.length > 0;
}

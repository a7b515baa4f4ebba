import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../survive/shop';
import { planCart, type CartPlan, type Planned } from './plan';
import type { Random } from './random';

type Shopping = Readonly<{
  lanes: number;
  /** Events a second, over all lanes. A development server would only queue more. */
  perSecond: number;
  isOver(accepted: number): boolean;
}>;
export type Shopped = Readonly<{ carts: readonly CartPlan[]; accepted: number }>;

/**
 * Sends carts until time is over, `lanes` at a time. Each message is sent until it is acknowledged.
 */
export async function goShopping(
  client: Client,
  random: Random,
  { lanes, perSecond, isOver }: Shopping,
): Promise<Shopped> {
  const carts: CartPlan[] = [];
  let accepted = 0;
  const began = Date.now();
  const lane = async () => {
    while (!isOver(accepted)) {
      await pause(Math.max(0, began + (accepted * 1_000) / perSecond - Date.now()));
      const cart = planCart(random, carts.length);
      carts.push(cart);
      await play(client, random, cart);
      accepted += cart.during.length + 2;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { carts, accepted };
}

async function play(client: Client, random: Random, plan: CartPlan): Promise<void> {
  await identify(client, plan);
  const opened = Date.now();
  const stamp = (n: number) => new Date(opened + n).toISOString();
  const opening = track(client, random, { event: plan.opening, at: stamp(0) });
  const during = plan.during.map((event, n) => track(client, random, { event, at: stamp(n + 1) }));
  await Promise.all([opening, ...during]);
  await track(client, random, { event: plan.order, at: stamp(plan.during.length + 1) });
}

/** Before anything else, since a mail that is due without an address is skipped, and rightly. */
async function identify({ call }: Client, { cart }: CartPlan): Promise<void> {
  const body = { userId: shopperOf(cart), traits: { email: `${cart}@shop.test` } };
  await call({ method: 'POST', path: '/v1/identify', body: { ...body, messageId: `who-${cart}` } });
}

function shopperOf(cart: string): string {
  return `shopper-${cart}`;
}

type Stamped = Readonly<{ event: Planned; at: string }>;

/** By one of three kinds of client: one event, a batch of ours, a Segment batch. */
async function track({ call }: Client, random: Random, { event, at }: Stamped): Promise<void> {
  const { id, name, cart } = event;
  const properties = { cart_id: cart };
  const userId = shopperOf(cart);
  const own = { id, name, contact: { userId }, occurredAt: at, properties };
  const segment = { type: 'track', messageId: id, event: name, userId, properties, timestamp: at };
  switch (random.below(3)) {
    case 0:
      await call({ method: 'POST', path: '/v1/events', body: own });
      return;
    case 1:
      await call({ method: 'POST', path: '/v1/events', body: { events: [own] } });
      return;
    default:
      await call({ method: 'POST', path: '/v1/batch', body: { batch: [segment] } });
  }
}

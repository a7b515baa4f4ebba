import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../scripts/chaos/random';
import { ended, startStack, untilUp } from '../../scripts/survive/stack';
import { createPost } from '../http';
import { atRate, inLanes, restOf, type Traffic } from './traffic';

const connections = 256;
const contacts = 500;
const lanes = 32;
const seconds = 15;
const limitless = '100000';

/** Two points that the model is fed with, and a third that it has to predict. */
export type Measured = Readonly<{
  cores: number;
  lanes: number;
  alone: Traffic;
  together: Traffic;
  atHalf: Traffic;
}>;

/** Sends events that nobody hears to a development stack of its own. */
export async function measureLive(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'itinera-model-'));
  const product = startStack(folder, 1, {
    ITINERA_RATE_LIMIT_PER_SECOND: limitless,
    ITINERA_WORKSPACE_RATE_LIMIT_PER_SECOND: limitless,
  });
  try {
    const stack = await untilUp(folder, product.pid ?? 0);
    const post = createPost(stack.api, stack.apiKey, connections);
    return await measure({ ...stack.processes, generator: process.pid }, (event) =>
      post('/v1/events', event),
    );
  } finally {
    await ended(product);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  processes: Readonly<Record<string, number>>,
  post: (event: object) => Promise<void>,
): Promise<Measured> {
  let sent = 0;
  const send = () => {
    sent += 1;
    return post(eventOf(sent));
  };
  await inLanes(processes, { count: 6_000, lanes }, send);
  const rest = await restOf(processes, 5);
  const alone = await inLanes(processes, { count: 1_500, lanes: 1 }, send);
  const together = await inLanes(processes, { count: 6_000, lanes }, send);
  const perSecond = together.perSecond / 2;
  const { next: random } = createRandom(1);
  const atHalf = await atRate(processes, { perSecond, seconds, rest, random }, send);
  return { cores: cpus().length, lanes, alone, together, atHalf };
}

function eventOf(n: number): object {
  return {
    id: `viewed-${n}`,
    name: 'Bench Product Viewed',
    contact: { userId: `viewer-${n % contacts}` },
    occurredAt: new Date().toISOString(),
    properties: { product_id: `sku-${n}`, price: 12.5, currency: 'EUR', url: `/products/${n}` },
  };
}

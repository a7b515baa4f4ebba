import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { residentOf } from './memory/resident';
import { createClient, untilFurnished } from './survive/shop';
import { ended, readStack, startStack, unlimited, untilUp } from './survive/stack';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    /** Seconds of rest before each look. */
    rest: { type: 'string', default: '15' },
  },
});

const batchSize = 100;
const atOnce = 4;
const products = [{ product_id: 'moka', name: 'Moka pot', quantity: 1, price: 34.5 }];

/**
 * Measures the memory of each process of the development stack: at rest, and after many events. Of
 * ten events nobody hears nine; the tenth opens a cart or buys it.
 */
async function main(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), 'itinera-memory-'));
  const stack = startStack(stateDir, 1, unlimited);
  try {
    await untilUp(stateDir, stack.pid ?? 0);
    const client = createClient(() => readStack(stateDir));
    await untilFurnished(client);
    const atRest = await look(stateDir);
    const batches = Math.ceil(Number(values.events) / batchSize);
    const send = async (first: number) => {
      for (let n = first; n < batches; n += atOnce) {
        await client.call({ method: 'POST', path: '/v1/events', body: { events: batch(n) } });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, (_, first) => send(first)));
    report(atRest, await look(stateDir));
  } finally {
    await ended(stack);
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function look(stateDir: string): Promise<Readonly<Record<string, number>>> {
  await pause(Number(values.rest) * 1000);
  return residentOf(readStack(stateDir).processes);
}

function batch(number: number): readonly object[] {
  return Array.from({ length: batchSize }, (_, at) => eventOf(number * batchSize + at));
}

function eventOf(n: number): object {
  const shopper = Math.floor(n / 20);
  const heard = n % 20 === 0 ? 'Cart Updated' : 'Order Completed';
  return {
    id: `memory-${n}`,
    name: n % 10 === 0 ? heard : 'Page Viewed',
    contact: { userId: `shopper-${shopper}`, email: `shopper-${shopper}@shop.test` },
    properties: { cart_id: `cart-${shopper}`, order_id: `cart-${shopper}`, products },
  };
}

function report(
  atRest: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): void {
  const sum = (sizes: Readonly<Record<string, number>>) =>
    Object.values(sizes).reduce((all, size) => all + size, 0);
  const living = Object.keys(after).filter((name) => after[name] !== 0);
  const rows = [
    ...living.map((name) => [name, atRest[name] ?? 0, after[name] ?? 0]),
    ['in all', sum(atRest), sum(after)],
  ];
  const head = `| MB | at rest | after ${values.events} events |\n| --- | --- | --- |\n`;
  process.stdout.write(`${head}${rows.map((row) => `| ${row.join(' | ')} |\n`).join('')}`);
}

void main();

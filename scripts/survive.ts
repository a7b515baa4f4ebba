import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient, publish, rows, send, subjects, type Client } from './survive/shop';
import { ended, killPart, readStack, startStack, until, untilUp } from './survive/stack';

/**
 * Forty carts wait while every part of a running stack is killed, and then the stack itself. The
 * expected fate of each cart stands here, and follows from the events sent alone.
 */
const carts = Array.from({ length: 40 }, (_, n) => `cart-${n}`);
const timeScale = 60;
const parts = ['worker', 'api', 'store', 'temporal'];

type Fate = Readonly<{ as: string; mails: readonly string[] }>;

/**
 * Every fourth cart buys while parts are being killed, every fourth after its first reminder. The
 * rest never buy.
 */
function fateOf(cart: string): Fate {
  const kind = carts.indexOf(cart) % 4;
  if (kind === 0) return { as: 'converted', mails: [] };
  if (kind === 1) return { as: 'converted', mails: [`survival-first ${cart}`] };
  return {
    as: 'completed',
    mails: [`survival-first ${cart}`, `survival-second ${cart}`],
  };
}

const buyersOf = (kind: number) => carts.filter((_, n) => n % 4 === kind);

async function main(): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), 'itinera-survive-'));
  let stack = startStack(stateDir, timeScale);
  const client = createClient(() => readStack(stateDir));
  try {
    await untilUp(stateDir, pidOf(stack));
    await publish(client);
    await Promise.all(
      carts.map((cart) => send(client, { id: `enter-${cart}`, name: 'Cart Updated', cart })),
    );
    say(`${carts.length} carts wait`);

    const shopping = keepShopping(client);
    for (const part of parts)
      say(`killed ${part}, back after ${await killPart(stateDir, part)} ms`);
    await shopping;
    process.kill(pidOf(stack), 'SIGKILL');
    stack = startStack(stateDir, timeScale);
    await untilUp(stateDir, pidOf(stack));
    say('killed the stack itself, back on the same folder');

    await buyAfterFirstMail(client, stateDir);
    const faults = await judge(client, stateDir);
    say(`${client.retries()} requests were sent again; ${faults.length} carts went wrong`);
    for (const fault of faults) say(fault);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await ended(stack);
    rmSync(stateDir, { recursive: true, force: true });
  }
}

/** Sends the orders of the first buyers twice, and events nobody listens for, while parts die. */
async function keepShopping(client: Client): Promise<void> {
  for (const cart of buyersOf(0)) {
    await send(client, { id: `view-${cart}`, name: 'Product Viewed', cart });
    const order = { id: `order-${cart}`, name: 'Order Completed', cart };
    await Promise.all([send(client, order), send(client, order)]);
    await pause(600);
  }
}

async function buyAfterFirstMail(client: Client, stateDir: string): Promise<void> {
  await Promise.all(
    buyersOf(1).map(async (cart) => {
      await until(`the first reminder of ${cart}`, async () =>
        (await subjects(readStack(stateDir))).includes(`survival-first ${cart}`) ? true : undefined,
      );
      await send(client, { id: `order-${cart}`, name: 'Order Completed', cart });
    }),
  );
}

async function judge(client: Client, stateDir: string): Promise<readonly string[]> {
  const ended = await until(
    'every enrollment has ended',
    async () => {
      const all = await rows(client);
      return all.every(({ status }) => status === 'ended') ? all : undefined;
    },
    180_000,
  );
  const received = await subjects(readStack(stateDir));
  return carts.flatMap((cart) => {
    const fate = fateOf(cart);
    const ends = ended.filter(({ key }) => key === cart).map((row) => row.ended?.as);
    const mails = received.filter((subject) => subject.endsWith(` ${cart}`));
    const isRight = ends.join() === fate.as && mails.join() === fate.mails.join();
    return isRight ? [] : [`${cart}: ended as [${ends.join()}], mails [${mails.join()}]`];
  });
}

function pidOf({ pid }: ReturnType<typeof startStack>): number {
  if (pid === undefined) throw new Error('The stack did not start');
  return pid;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();

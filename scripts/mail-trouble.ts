import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readStackFile } from '../dev/stack/stack-file';
import { runCourse } from './mail-trouble/course';
import { openHistories, type Histories } from './mail-trouble/histories';
import { delaysOf } from './mail-trouble/delays';
import { startTroubleServer } from './mail-trouble/server';
import { cartsOf, domain, fateOf, isBought, journeyId, publish, tell } from './mail-trouble/shop';
import { judge } from './mail-trouble/verdict';
import { createClient, everyOne, untilFurnished, type Client } from './survive/shop';
import { ended, readStack, startStack, until, untilUp } from './survive/stack';

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '500' },
    kills: { type: 'string', default: '5' },
    /** The virtual clock runs so much faster; half an hour takes 1,800,000 / scale ms. */
    scale: { type: 'string', default: '60' },
    within: { type: 'string', default: '100' },
  },
});
const halfHour = 1_800_000;

/**
 * Many mails are due while a mail server misbehaves in every way, shoppers buy and the worker is
 * killed. Half an hour is virtual time, since a message waits for its attempts in it; the server
 * takes a real second for a mail. The expected fate of each mail follows from its recipient alone.
 */
async function main(): Promise<void> {
  const [mails, kills, scale] = [Number(values.mails), Number(values.kills), Number(values.scale)];
  const carts = cartsOf(mails);
  const stateDir = mkdtempSync(join(tmpdir(), 'itinera-mail-trouble-'));
  const server = await startTroubleServer(fateOf);
  const stack = startStack(stateDir, scale, { SMTP_URL: server.url });
  const client = createClient(() => readStack(stateDir));
  try {
    await untilUp(stateDir, stack.pid ?? 0);
    await untilFurnished(client);
    await publish(client);
    const addresses = readStackFile(stateDir);
    if (!addresses) throw new Error('The stack has no stack.json');
    const histories = await openHistories(addresses.temporal.replace(/^.*:\/\//, ''));
    await enter(client, carts);
    const halfHourMs = halfHour / scale;
    const bought = buy(client, carts, 4 * halfHourMs);
    const course = runCourse({ server, stateDir, halfHourMs, kills });
    const meanwhile = await lookMeanwhile(histories, course);
    const boughtAt = await bought;
    await untilEnded(client);
    const { seen, holding } = await histories.holding(domain, 'all');
    await histories.close();
    const unanswered = await course;
    const withinMs = Number(values.within);
    const found = { carts, mails: server.mails, boughtAt, unanswered, withinMs };
    const { faults, counts } = await judge(client, found);
    const leaks = [...meanwhile, ...holding].map((id) => `${id} holds an address`);
    const delays = await delaysOf(client, { clock: addresses.clock, mails: server.mails });
    const report = { mails, kills, scale, counts, delays, histories: seen };
    say(JSON.stringify({ ...report, faults: [...faults, ...leaks] }, null, 2));
    process.exitCode = faults.length + leaks.length === 0 ? 0 : 1;
  } finally {
    await ended(stack);
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

const lanes = 8;

/** Enters every cart, some at a time. */
async function enter(client: Client, carts: readonly string[]): Promise<void> {
  const queue = [...carts];
  const walk = async () => {
    for (let cart = queue.shift(); cart; cart = queue.shift())
      await tell(client, 'Cart Left', cart);
  };
  await Promise.all(Array.from({ length: lanes }, walk));
  say(`${carts.length} carts are left`);
}

/** Buys some carts one after the other, spread over the course. */
async function buy(client: Client, carts: readonly string[], overMs: number) {
  const wanted = carts.filter(isBought);
  const boughtAt = new Map<string, number>();
  for (const cart of wanted) {
    boughtAt.set(cart, await tell(client, 'Cart Bought', cart));
    await pause(overMs / wanted.length);
  }
  return boughtAt;
}

/** Looks for addresses in what Temporal shows, again and again until the course is over. */
async function lookMeanwhile(
  { holding }: Histories,
  course: Promise<unknown>,
): Promise<readonly string[]> {
  const over = course.then(() => 'over' as const);
  const found = new Set<string>();
  for (;;) {
    const next = await Promise.race([pause(10_000), over]);
    for (const id of (await holding(domain, 'some running')).holding) found.add(id);
    if (next === 'over') break;
  }
  return [...found];
}

async function untilEnded(client: Client): Promise<void> {
  await until(
    'every enrollment has ended',
    async () => {
      const path = `/v1/enrollments?journey=${journeyId}`;
      const rows = await everyOne<Readonly<{ status: string }>>(client, path);
      return rows.every(({ status }) => status === 'ended') ? true : undefined;
    },
    300_000,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();

import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench';
import { closedLoop } from '../closed-loop';
import { besideFresh, prepareFresh, publishFresh, type FreshDelays } from '../fresh-events';
import { measure, type Measure } from '../interleave';
import { reachOf, untilMailed } from '../reaching';
import type { Row } from '../row';
import { untilDelivered } from '../settled';

const waitMs = 3_600_000;

/** Begins with a wait, so that its workflow begins when it is due. Then it sends a message. */
const due = {
  id: 'bench-due',
  name: 'Bench: due',
  stage: 'decision',
  entry: { events: ['Bench Due'], key: ['properties.cart_id'] },
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT1H' },
    { id: 'tell', kind: 'send', template: 'bench', purpose: 'service' },
  ],
};

const lanes = 32;
const warmUp = 100;
/** Mails a second. Where there are fewer, no fresh events are left at the end. */
const slowest = 40;
const calmMs = 40_000;
const most = { drain: 1.1, fresh: 3 } as const;

/**
 * B13: journeys whose waits end in the same second, against the rate at which the same journeys go
 * on when their waits end one after the other. Beside both, and beside nothing, fresh events come.
 */
export async function dueStorms(bench: Bench): Promise<readonly Row[]> {
  await publishFresh(bench);
  await bench.rest.call({ method: 'PUT', path: `/v1/journeys/${due.id}`, body: due });
  const { due: count } = bench.sizes;
  const beside = {
    calm: await prepareFresh(bench, 'calm', calmMs / 1_000),
    spread: await prepareFresh(bench, 'spread', count / 4 / slowest),
    storm: await prepareFresh(bench, 'storm', count / slowest),
  };

  const warm = await enter(bench, { name: 'warm', count: warmUp, fillPerSecond: 20 });
  const { perSecond: atOnce } = await drained(bench, await untilDue(warm));
  const { delays: calm } = await besideFresh(bench, beside.calm, () => pause(calmMs));
  const { fillPerSecond } = warm;
  const forRate = { count: Math.ceil(count / 4), perSecond: 1.3 * atOnce, fillPerSecond };
  const spread = await untilDue(await enter(bench, { name: 'spread', ...forRate }));
  const sustained = await besideFresh(bench, beside.spread, () => drained(bench, spread));
  const storm = await untilDue(await enter(bench, { name: 'storm', count, fillPerSecond }));
  const drain = await besideFresh(bench, beside.storm, () => drained(bench, storm));

  const faults = doubledIn(bench);
  return [
    drainRow(count, { product: drain.result, baseline: sustained.result }, faults),
    ...freshRows({ calm, storm: drain.delays }, faults),
    {
      id: 'B13',
      what: 'mails of others that go out between a fresh event and its own meanwhile, p99',
      baseline: `${calm.mailsBefore} while nothing is due`,
      value: drain.delays.mailsBefore,
      wanted: 'recorded',
      faults,
    },
  ];
}

type Filling = Readonly<{
  name: string;
  count: number;
  fillPerSecond: number;
  /** How many are due in each second; all at the same instant without it. */
  perSecond?: number;
}>;

type Entered = Readonly<{ users: readonly string[]; dueAt: number; fillPerSecond: number }>;

/** Enters them all before the first is due. */
async function enter(
  bench: Bench,
  { name, count, fillPerSecond, perSecond = Infinity }: Filling,
): Promise<Entered> {
  const users = Array.from({ length: count }, (_, n) => `due-${name}-${n}`);
  const began = Date.now();
  const dueAt = began + (1_000 * count) / (0.7 * fillPerSecond) + 3_000;
  await closedLoop({ count, lanes }, (n) => {
    const occurredAt = new Date(dueAt + (1_000 * n) / perSecond - waitMs).toISOString();
    return bench.post('/v1/events', { ...reachOf(users[n] ?? '', 'Bench Due'), occurredAt });
  });
  await untilDelivered(bench);
  const tookMs = Date.now() - began;
  if (Date.now() > dueAt) throw new Error(`${count} entries took ${tookMs} ms, and are due before`);
  return { users, dueAt, fillPerSecond: (1_000 * count) / tookMs };
}

async function untilDue(entered: Entered): Promise<Entered> {
  await pause(entered.dueAt - Date.now());
  return entered;
}

/** From the instant at which the first is due until each has its mail. */
function drained(bench: Bench, { users }: Entered): Promise<Measure> {
  return measure(bench.processes, async () => {
    await untilMailed(bench, users);
    return users.length;
  });
}

function doubledIn({ mailsDoubled }: Bench): readonly string[] {
  const doubled = [...mailsDoubled].filter((address) => /^(due|fresh)-/.test(address));
  return doubled.length === 0 ? [] : [`${doubled.length} got their mail twice`];
}

function drainRow(count: number, sides: NonNullable<Row['sides']>, faults: Row['faults']): Row {
  const value = sides.baseline.perSecond / sides.product.perSecond;
  return {
    id: 'B13',
    what: `time in which ${count} waits that end at once lead to their mails`,
    baseline: `the rate of such waits that end one after the other`,
    value,
    wanted: `≤ ${most.drain}`,
    isMet: value <= most.drain,
    faults,
    sides,
  };
}

const freshWords = {
  accepted: 'event to its answer',
  heard: "event that a waiting journey hears to the provider's first command",
  entered: "event that enters a journey to the provider's first command",
} satisfies Partial<Record<keyof FreshDelays, string>>;

type Kind = keyof typeof freshWords;

function freshRows(
  { calm, storm }: Readonly<Record<'calm' | 'storm', FreshDelays>>,
  faults: Row['faults'],
): readonly Row[] {
  return (['accepted', 'heard', 'entered'] as const).map((kind: Kind) => {
    const value = storm[kind] / calm[kind];
    return {
      id: 'B13',
      what: `${freshWords[kind]} meanwhile, p99 (${storm[kind]} ms)`,
      baseline: `the same while nothing is due (${calm[kind]} ms)`,
      value,
      wanted: `≤ ${most.fresh}`,
      isMet: value <= most.fresh,
      faults,
    };
  });
}

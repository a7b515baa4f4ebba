import type { Bench } from '../bench';
import { closedLoop } from '../closed-loop';
import { inRounds } from '../interleave';
import { enterAll, pingOf, publishListening } from '../listening';
import { openLoop } from '../open-loop';
import { awaitReach, publishReaching, reachOf, untilMailed } from '../reaching';
import { median, type Row } from '../row';
import { untilDelivered, untilSettled } from '../settled';

const few = 1_000;
const reached = 150;
const reachedPerSecond = 10;
const unheard = 3_000;
const pings = 1_500;
const listeners = 200;
const lanes = 32;

/** Milliseconds at the median, and events a second. */
type Figures = Readonly<Record<keyof typeof kinds, number>>;

const slower = { wanted: '≤ 1.05', isMet: (ratio: number) => ratio <= 1.05 };
const fewer = { wanted: '≥ 0.97', isMet: (ratio: number) => ratio >= 0.97 };
const kinds = {
  answer: { what: 'event to its answer, p50', unit: 'ms', ...slower },
  reach: { what: "event to the provider's first command, p50", unit: 'ms', ...slower },
  accepted: { what: 'events that nobody listens for', unit: 'a second', ...fewer },
  heard: { what: 'heard events', unit: 'a second', ...fewer },
} as const;

/** B10: events while many journeys wait, against the same while few do. */
export async function crowds(bench: Bench): Promise<readonly Row[]> {
  await publishListening(bench);
  await publishReaching(bench);
  const users = Array.from({ length: listeners }, (_, n) => `crowd-listener-${n}`);
  const hearing = { users, workflows: await enterAll(bench, users) };
  await fill(bench, 0, few);
  const before = await figures(bench, hearing, 'few');
  await fill(bench, few, bench.sizes.waiting);
  const after = await figures(bench, hearing, 'many');
  return (Object.keys(kinds) as (keyof Figures)[]).map((kind) => rowOf(kind, before, after));
}

/** They begin with a wait of thirty days. */
async function fill(bench: Bench, from: number, to: number): Promise<void> {
  const users = Array.from({ length: to - from }, (_, n) => `crowd-${from + n}`);
  await enterAll(bench, users, 'Bench Cart Left');
}

type Hearing = Readonly<{ users: readonly string[]; workflows: readonly string[] }>;

type Crowd = Readonly<{ waiting: number; rounds: readonly Figures[] }>;

/** The first round does not count: what the filling has left to the databases is done in it. */
async function figures(bench: Bench, hearing: Hearing, name: string): Promise<Crowd> {
  const { count: waiting } = await bench.temporal.workflow.count(`ExecutionStatus = 'Running'`);
  const rounds = await inRounds(bench.rounds, (n) => roundOf(bench, hearing, `${name}-${n}`));
  return { waiting, rounds };
}

async function roundOf(
  bench: Bench,
  { users, workflows }: Hearing,
  name: string,
): Promise<Figures> {
  const delays = await delaysOf(bench, name);
  const accepted = await rateOf(unheard, async () => {
    await closedLoop({ count: unheard, lanes }, (n) => {
      const ping = pingOf(`viewed-${name}-${n}`, `crowd-viewer-${n % listeners}`);
      return bench.post('/v1/events', { ...ping, name: 'Bench Product Viewed' });
    });
  });
  const heard = await rateOf(pings, async () => {
    await closedLoop({ count: pings, lanes }, (n) =>
      bench.post('/v1/events', pingOf(`${name}-${n}`, users[n % listeners] ?? '')),
    );
    await untilDelivered(bench);
    await untilSettled(bench, workflows);
  });
  return { ...delays, accepted, heard };
}

async function delaysOf(bench: Bench, name: string): Promise<Pick<Figures, 'answer' | 'reach'>> {
  const users = Array.from({ length: reached }, (_, n) => `crowd-reached-${name}-${n}`);
  await awaitReach(bench, users);
  const sentAt: number[] = [];
  const answers: number[] = [];
  const pace = { perSecond: reachedPerSecond, isOver: (calls: number) => calls === reached };
  await openLoop(pace, async (n) => {
    sentAt[n] = Date.now();
    const began = performance.now();
    await bench.post('/v1/events', reachOf(users[n] ?? ''));
    answers.push(performance.now() - began);
  });
  const reaches = (await untilMailed(bench, users)).map((at, n) => at - (sentAt[n] ?? NaN));
  return { answer: median(answers), reach: median(reaches) };
}

async function rateOf(count: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return count / ((performance.now() - began) / 1_000);
}

/** The spread holds the rounds among the many against the median among the few. */
function rowOf(kind: keyof Figures, few: Crowd, many: Crowd): Row {
  const { what, unit, wanted, isMet } = kinds[kind];
  const base = median(few.rounds.map((figures) => figures[kind]));
  const each = many.rounds.map((figures) => figures[kind]);
  const value = median(each) / base;
  const figure = (of: number) => `${of < 20 ? of.toFixed(1) : Math.round(of)} ${unit}`;
  return {
    id: 'B10',
    what: `${what}, while ${many.waiting} journeys wait (${figure(median(each))})`,
    baseline: `the same while ${few.waiting} wait (${figure(base)})`,
    value,
    wanted,
    isMet: isMet(value),
    faults: [],
    spread: [Math.min(...each) / base, Math.max(...each) / base],
  };
}

import { startBare, tellBare } from '../bare';
import type { Bench } from '../bench';
import { closedLoop } from '../closed-loop';
import { openLoop } from '../open-loop';
import { awaitReach, publishReaching, reachOf, untilMailed } from '../reaching';
import { atMost, median, quantile, type Row } from '../row';
import { untilSettled } from '../settled';

const perRound = 200;
const lanes = 32;
const most = { p50: 1.15, p99: 1.3 } as const;

/** When so many were told, and when each of them was reached, in real milliseconds. */
type Reached = Readonly<{ toldAt: readonly number[]; at: readonly number[] }>;

/**
 * B6: from an event to the first command that the provider hears, against a bare signal and the
 * activity it causes. Both at half the rate at which the product can do it.
 */
export async function reach(bench: Bench): Promise<readonly Row[]> {
  await publishReaching(bench);
  const perSecond = rateOf(await productRound(bench, 'all', Infinity)) / 2;
  const pairs: Record<'product' | 'bare', Delays>[] = [];
  for (let round = 0; round < bench.rounds; round += 1) {
    const product = delaysOf(await productRound(bench, String(round), perSecond));
    const bare = delaysOf(await bareRound(bench, String(round), perSecond));
    pairs.push({ product, bare });
  }
  return (['p50', 'p99'] as const).map((share) => rowOf(share, perSecond, pairs));
}

type Delays = Readonly<Record<'p50' | 'p99', number>>;

function rowOf(
  share: 'p50' | 'p99',
  perSecond: number,
  pairs: readonly Readonly<Record<'product' | 'bare', Delays>>[],
): Row {
  const ratios = pairs.map(({ product, bare }) => product[share] / bare[share]);
  const ms = (side: 'product' | 'bare') =>
    Math.round(median(pairs.map((pair) => pair[side][share])));
  return {
    id: 'B6',
    what: `event to the provider's first command, ${share} at ${Math.round(perSecond)} a second (${ms('product')} ms)`,
    baseline: `bare signal to its activity (${ms('bare')} ms)`,
    ...atMost(ratios, most[share]),
    faults: [],
  };
}

async function productRound(bench: Bench, round: string, perSecond: number): Promise<Reached> {
  const users = Array.from({ length: perRound }, (_, n) => `reached-${round}-${n}`);
  await awaitReach(bench, users);
  const toldAt = await tellAll(perSecond, (n) => bench.post('/v1/events', reachOf(users[n] ?? '')));
  return { toldAt, at: await untilMailed(bench, users) };
}

async function bareRound(bench: Bench, round: string, perSecond: number): Promise<Reached> {
  const ids = await startBare(bench, `reached-${round}`, perRound, { workflow: 'bareReach' });
  await untilSettled(bench, ids);
  const toldAt = await tellAll(perSecond, (n) => tellBare(bench, ids[n] ?? '', n));
  const at = await Promise.all(
    ids.map((id) => bench.temporal.workflow.getHandle<() => Promise<number>>(id).result()),
  );
  return { toldAt, at };
}

/** Tells one after the other at a rate, answered or not. Without an end to it, some at a time. */
async function tellAll(
  perSecond: number,
  tell: (n: number) => Promise<void>,
): Promise<readonly number[]> {
  const toldAt: number[] = [];
  const told = async (n: number) => {
    toldAt[n] = Date.now();
    await tell(n);
  };
  if (perSecond === Infinity) await closedLoop({ count: perRound, lanes }, told);
  else await openLoop({ perSecond, isOver: (calls) => calls === perRound }, told);
  return toldAt;
}

function rateOf({ toldAt, at }: Reached): number {
  return perRound / ((Math.max(...at) - Math.min(...toldAt)) / 1_000);
}

function delaysOf({ toldAt, at }: Reached): Delays {
  const delays = at.map((time, n) => time - (toldAt[n] ?? NaN));
  return { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) };
}

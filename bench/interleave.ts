import type { Bench } from './bench';
import { cpuOf } from './cpu';

/** One side of a row: does its work and answers how many it did. */
export type Side = (round: number) => Promise<number>;

/** Per second, and milliseconds of CPU for each by process. */
export type Measure = Readonly<{ perSecond: number; cpuMs: Readonly<Record<string, number>> }>;

export type Pair = Readonly<{ product: Measure; baseline: Measure }>;

/** Both sides in turn, A B A B, so that whatever else the machine does meets both. The first pair warms up and does not count. */
export async function interleave(
  { rounds, processes }: Bench,
  product: Side,
  baseline: Side,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pair = {
      product: await measure(processes, () => product(round)),
      baseline: await measure(processes, () => baseline(round)),
    };
    if (round > 0) pairs.push(pair);
  }
  return pairs;
}

/** One side alone, after a round that does not count. */
export async function repeat(
  { rounds, processes }: Bench,
  side: Side,
): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const measured = await measure(processes, () => side(round));
    if (round > 0) measures.push(measured);
  }
  return measures;
}

async function measure(
  processes: Bench['processes'],
  work: () => Promise<number>,
): Promise<Measure> {
  const before = cpuOf(processes);
  const began = performance.now();
  const count = await work();
  const seconds = (performance.now() - began) / 1_000;
  const after = cpuOf(processes);
  const cpuMs = Object.fromEntries(
    Object.entries(after).map(([name, ms]) => [name, (ms - (before[name] ?? 0)) / count]),
  );
  return { perSecond: count / seconds, cpuMs };
}

import type { Bench } from './bench';
import { cpuOf } from './cpu';

/** One side of a row: does its work and answers how many it did. */
export type Side = (round: number) => Promise<number>;

/** Per second, and milliseconds of CPU for each by process. */
export type Measure = Readonly<{ perSecond: number; cpuMs: Readonly<Record<string, number>> }>;

export type Pair = Readonly<{ product: Measure; baseline: Measure }>;

/**
 * Runs both sides in turn, A B A B, so that other load meets both. The first pair warms up and does
 * not count.
 */
export async function interleave(
  { rounds, processes }: Bench,
  product: Side,
  baseline: Side,
): Promise<readonly Pair[]> {
  return inRounds(rounds, async (round) => ({
    product: await measure(processes, () => product(round)),
    baseline: await measure(processes, () => baseline(round)),
  }));
}

/** One side alone, after a round that does not count. */
export async function repeat(
  { rounds, processes }: Bench,
  side: Side,
): Promise<readonly Measure[]> {
  return inRounds(rounds, (round) => measure(processes, () => side(round)));
}

/** The first one warms up. */
export async function inRounds<Result>(
  rounds: number,
  work: (round: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let round = 0; round <= rounds; round += 1) results.push(await work(round));
  return results.slice(1);
}

export async function measure(
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

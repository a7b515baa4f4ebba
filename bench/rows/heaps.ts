import { startBare } from '../bare';
import type { Bench } from '../bench';
import { heapOf } from '../heap/heap';
import { enterAll, publishListening } from '../listening';
import { atMost, median, type Row } from '../row';
import { untilSettled } from '../settled';
import type { MortalWorker } from '../workers';

/** With five rounds fewer than a worker keeps in its cache, given a heap of 4 GB. */
const count = 300;
const most = 1.5;

type Start = (name: string) => Promise<readonly string[]>;

/**
 * B11: the heap that a worker spends on each journey in its cache. The journeys are waiting for an
 * event; so are the bare workflows for their timer. Each side begins with an empty cache.
 */
export async function heaps(bench: Bench): Promise<readonly Row[]> {
  await publishListening(bench);
  const product: Start = (name) => {
    const users = Array.from({ length: count }, (_, n) => `held-${name}-${n}`);
    return enterAll(bench, users);
  };
  const baseline: Start = (name) => startBare(bench, `held-${name}`, count);
  const { workers } = bench;
  await Promise.all([workers.product.kill(), workers.bare.kill()]);
  await untilSettled(bench, [...(await product('first')), ...(await baseline('first'))]);
  const each = { product: [], bare: [] } as Record<'product' | 'bare', number[]>;
  for (let round = 0; round < bench.rounds; round += 1) {
    each.product.push(await grownBy(bench, workers.product, () => product(String(round))));
    each.bare.push(await grownBy(bench, workers.bare, () => baseline(String(round))));
  }
  return [rowOf(each.product, each.bare)];
}

/** The growth by each of the workflows that are started, in bytes. */
async function grownBy(
  bench: Bench,
  worker: MortalWorker,
  start: () => Promise<readonly string[]>,
): Promise<number> {
  const before = await heapOf(worker.pid());
  const ids = await start();
  await untilSettled(bench, ids);
  return ((await heapOf(worker.pid())) - before) / ids.length;
}

function rowOf(product: readonly number[], bare: readonly number[]): Row {
  const ratios = product.map((bytes, round) => bytes / (bare[round] ?? NaN));
  const kib = (bytes: readonly number[]) => (median(bytes) / 1_024).toFixed(1);
  return {
    id: 'B11',
    what: `heap of a worker for each cached journey (${kib(product)} KiB)`,
    baseline: `bare workflow (${kib(bare)} KiB)`,
    ...atMost(ratios, most),
    faults: [],
  };
}

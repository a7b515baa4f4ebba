import { startBare } from '../bare';
import type { Bench } from '../bench';
import { enterAll, publishListening } from '../listening';
import { atMost, median, type Row } from '../row';
import { untilSettled } from '../settled';
import type { Postgres } from '../temporal/postgres';

const count = 1_000;
const most = 1.3;

/** B8: the bytes that Temporal's database keeps of a journey while it waits. */
export async function waitingBytes(bench: Bench): Promise<readonly Row[]> {
  const { postgres, rounds } = bench;
  if (!postgres) return [];
  await publishListening(bench);
  const each = { product: [], baseline: [] } as Record<'product' | 'baseline', number[]>;
  for (let round = 0; round < rounds; round += 1) {
    const users = Array.from({ length: count }, (_, n) => `stored-${round}-${n}`);
    each.product.push(
      await grownBy(postgres, bench, () => enterAll(bench, users, 'Bench Cart Left')),
    );
    each.baseline.push(
      await grownBy(postgres, bench, () => startBare(bench, `stored-${round}`, count)),
    );
  }
  const ratios = each.product.map((bytes, round) => bytes / (each.baseline[round] ?? NaN));
  const [product, baseline] = [each.product, each.baseline].map(median).map(Math.round);
  return [
    {
      id: 'B8',
      what: `bytes of Temporal's database for a waiting journey (${product})`,
      baseline: `bare waiting workflow (${baseline})`,
      ...atMost(ratios, most),
      faults: [],
    },
  ];
}

/** The growth by each of the workflows that the work starts. */
async function grownBy(
  postgres: Postgres,
  bench: Bench,
  start: () => Promise<readonly string[]>,
): Promise<number> {
  const before = await postgres.keptBytes();
  const ids = await start();
  await untilSettled(bench, ids);
  return ((await postgres.keptBytes()) - before) / ids.length;
}

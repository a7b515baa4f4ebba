import { startBare } from '../bare';
import type { Bench } from '../bench';
import { interleave } from '../interleave';
import { enterAll, publishListening } from '../listening';
import { ratioRow, type Row } from '../row';
import { untilSettled } from '../settled';

const count = 400;

/** Both sides begin by waiting, so that no worker has anything to do. */
const delayed = { startDelay: '30 days' } as const;

/** B5: from the entry event to the first wait that Temporal knows of. */
export async function starts(bench: Bench): Promise<readonly Row[]> {
  await publishListening(bench);
  const pairs = await interleave(
    bench,
    async (round) => {
      const users = Array.from({ length: count }, (_, n) => `starter-${round}-${n}`);
      await untilSettled(bench, await enterAll(bench, users, 'Bench Cart Left'));
      return count;
    },
    async (round) => {
      await untilSettled(bench, await startBare(bench, `starting-${round}`, count, delayed));
      return count;
    },
  );
  return [
    ratioRow({
      id: 'B5',
      what: 'journeys started, from the entry event to the first wait of an exact length',
      baseline: 'bare workflow start of the same delay',
      least: 0.6,
      pairs,
      faults: [],
    }),
  ];
}

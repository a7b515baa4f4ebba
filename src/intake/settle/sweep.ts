import pLimit from 'p-limit';
import type { IntakeDependencies } from '../dependencies';
import { endIfGone } from './gone';
import { runRounds } from './run-rounds';

/** Temporal is asked of an open enrollment once in this time, in real milliseconds. */
export const unseenMs = 3_600_000;

/** A round asks of at most this number. So a worker asks of twenty enrollments a second. */
const batch = 100;
const laneCount = 5;

/**
 * Asks Temporal of open enrollments that nobody has asked about for long. It ends those whose
 * workflow is gone, and answers how many it asked about.
 */
export async function sweepOnce(dependencies: IntakeDependencies): Promise<number> {
  const { store, clock } = dependencies;
  // A row is first due when it is opened. So each lease begins with its last look.
  const claim = { now: clock.realNow() - unseenMs, leaseMs: unseenMs, limit: batch };
  const unseen = await store.enrollments.claimStarted(claim);
  await pLimit(laneCount).map(unseen, (enrollment) =>
    endIfGone(dependencies, enrollment).catch((error: unknown) => {
      dependencies.onTrouble(error, `the workflow of ${enrollment.id}`);
    }),
  );
  return unseen.length;
}

/** Runs the sweep every `periodMs`. Stopping waits for the round under way. */
export function runSweep(
  dependencies: IntakeDependencies,
  { periodMs = 5_000 }: Readonly<{ periodMs?: number }> = {},
): Readonly<{ stop(): Promise<void> }> {
  const round = async () => {
    await sweepOnce(dependencies).catch((error: unknown) => {
      dependencies.onTrouble(error, 'the sweep');
    });
    return periodMs;
  };
  return runRounds({ round, firstInMs: periodMs });
}

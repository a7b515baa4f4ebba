import { runRounds } from '../intake/settle/run-rounds';
import type { Logger } from '../process/logger';
import type { Store } from '../store/store';

type Parts = Readonly<{
  store: Pick<Store, 'dataKeys'>;
  logger: Pick<Logger, 'info'>;
  onTrouble(error: unknown, about: string): void;
}>;

const batch = 200;
const quietMs = 60_000;

/**
 * Seals stored keys of older rings under the newest one. A line in the log says when none is left.
 * Answers whether there are more.
 */
export async function resealOnce({ store, logger }: Parts): Promise<boolean> {
  const found = await store.dataKeys.reseal(batch);
  if (found === 0) return false;
  const isLast = found < batch;
  logger.info({ keys: found, isLast }, 'Keys are sealed under the newest key of the ring');
  return !isLast;
}

/** Runs batch after batch, and then a look every minute. */
export function runResealing(parts: Parts): Readonly<{ stop(): Promise<void> }> {
  const round = async () => {
    const isMore = await resealOnce(parts).catch((error: unknown) => {
      parts.onTrouble(error, 'sealing keys anew');
      return false;
    });
    return isMore ? 0 : quietMs;
  };
  return runRounds({ round, firstInMs: 1_000 });
}

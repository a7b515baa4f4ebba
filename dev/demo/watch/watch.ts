import { setTimeout as delay } from 'node:timers/promises';

/** Looks again and again until the signal is aborted; rejects when a look fails. */
export async function watch(
  look: () => Promise<void>,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await look();
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

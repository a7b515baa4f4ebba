import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition that another process brings about. Fails after `limitMs`. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  limitMs = 10_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline)
      throw new Error(`It did not happen within ${limitMs} ms: ${String(holds)}`);
    await delay(20);
  }
}

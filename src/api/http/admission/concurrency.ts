/** The most requests under way at once; `cutAt` is the last cut, in milliseconds. */
export type Concurrency = Readonly<{ limit: number; cutAt: number }>;

/** A process begins at `most`. Requests that stall show what it can really do. */
export const concurrency = {
  most: 400,
  least: 50,
  cutTo: 0.7,
  cutEveryMs: 1_000,
  growth: 4,
} as const;

export const fullConcurrency: Concurrency = { limit: concurrency.most, cutAt: -Infinity };

/** After an answer: four more requests for each full round of answers. */
export function grown({ limit, cutAt }: Concurrency): Concurrency {
  return { limit: Math.min(concurrency.most, limit + concurrency.growth / limit), cutAt };
}

/**
 * Lowers the limit after a request that stalled. A store that gets more than it can do answers
 * nobody in time. Requests that stall together count as one.
 */
export function cut(before: Concurrency, at: number): Concurrency {
  if (at - before.cutAt < concurrency.cutEveryMs) return before;
  return { limit: Math.max(concurrency.least, before.limit * concurrency.cutTo), cutAt: at };
}

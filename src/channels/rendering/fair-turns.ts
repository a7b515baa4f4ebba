/** Carries out works, a few at a time. Each key has its turn after every other that waits. */
export type FairTurns = Readonly<{
  take<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
  /** The number of works of the key that wait. */
  waitingOf(key: string): number;
}>;

/** Makes turns for a number of works at a time. */
export function createFairTurns(atATime: number): FairTurns {
  const waiting = new Map<string, readonly (() => void)[]>();
  let free = atATime;

  const next = () => {
    const [entry] = waiting;
    if (!entry || free === 0) return;
    const [key, [begin, ...later]] = entry;
    waiting.delete(key);
    if (later.length > 0) waiting.set(key, later);
    free -= 1;
    begin?.();
  };
  return {
    take: async (key, work) => {
      await new Promise<void>((begin) => {
        waiting.set(key, [...(waiting.get(key) ?? []), begin]);
        next();
      });
      try {
        return await work();
      } finally {
        free += 1;
        next();
      }
    },
    waitingOf: (key) => waiting.get(key)?.length ?? 0,
  };
}

type Rounds = Readonly<{
  /** The work of one round. Answers after how many real milliseconds the next one begins. */
  round(): Promise<number>;
  firstInMs: number;
}>;

/** Runs one round after another. Stopping waits for the round under way. */
export function runRounds({ round, firstInMs }: Rounds): Readonly<{ stop(): Promise<void> }> {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  let isStopped = false;

  const nextIn = (ms: number) => {
    if (isStopped) return;
    timer = setTimeout(() => {
      current = round().then(nextIn);
    }, ms);
  };
  nextIn(firstInMs);
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

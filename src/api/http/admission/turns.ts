import { takeToken, type Bucket, type BucketPolicy } from './token-bucket';

/**
 * Waits for a turn, in the order of arrival. Nobody is refused, and who has gone takes no turn.
 * Answers false for a caller that has gone.
 */
export type Turn = (gone: AbortSignal) => Promise<boolean>;

export type Ticking = Readonly<{
  /** A steady clock in milliseconds. */
  now: () => number;
  pause: (ms: number) => Promise<unknown>;
}>;

const lookEveryMs = 10;

/** Gives turns at a rate. A flood that waits for its answers costs no more than its turns. */
export function createTurns(policy: BucketPolicy, { now, pause }: Ticking): Turn {
  const waiting = new Set<() => void>();
  let bucket: Bucket | undefined;
  let isGiving = false;
  const take = (): boolean => {
    const taken = takeToken(bucket, policy, now());
    bucket = taken.bucket;
    return taken.isGranted;
  };
  const giveTurns = async (): Promise<void> => {
    isGiving = true;
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      if (take()) first();
      else await pause(lookEveryMs);
    }
    isGiving = false;
  };
  return async (gone) => {
    if (waiting.size === 0 && take()) return !gone.aborted;
    await new Promise<void>((resolve) => {
      const go = () => {
        waiting.delete(go);
        gone.removeEventListener('abort', go);
        resolve();
      };
      waiting.add(go);
      gone.addEventListener('abort', go);
      if (!isGiving) void giveTurns();
    });
    return !gone.aborted;
  };
}

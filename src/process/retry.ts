import { setTimeout as wait } from 'node:timers/promises';

type Attempts<Result> = Readonly<{
  attempt(): Promise<Result>;
  /** Told of every attempt that failed; throws where another makes no sense. */
  onTrouble(error: unknown): void;
  /** Waits before the next attempt; without it, for a second or until the signal. */
  pause?(): Promise<void>;
}>;

type Stoppable = Readonly<{ signal: AbortSignal }>;

/** Tries until it succeeds. With a signal it may end before, and answers undefined. */
export function retry<Result>(attempts: Attempts<Result> & Stoppable): Promise<Result | undefined>;
export function retry<Result>(attempts: Attempts<Result>): Promise<Result>;
export async function retry<Result>({
  attempt,
  onTrouble,
  signal,
  pause = () => wait(1_000, undefined, signal && { signal }),
}: Attempts<Result> & Partial<Stoppable>): Promise<Result | undefined> {
  while (!signal?.aborted) {
    try {
      return await attempt();
    } catch (error) {
      onTrouble(error);
    }
    await pause().catch(() => undefined);
  }
  return undefined;
}

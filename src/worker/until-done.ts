import { setTimeout as pause } from 'node:timers/promises';

type Retry<Result> = Readonly<{
  attempt(): Promise<Result>;
  onTrouble(error: unknown): void;
  signal: AbortSignal;
  everyMs?: number;
}>;

/** Tries until it succeeds; undefined when the signal ends it first. */
export async function untilDone<Result>({
  attempt,
  onTrouble,
  signal,
  everyMs = 1_000,
}: Retry<Result>): Promise<Result | undefined> {
  while (!signal.aborted) {
    try {
      return await attempt();
    } catch (error) {
      onTrouble(error);
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

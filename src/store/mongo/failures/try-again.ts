import { setTimeout as wait } from 'node:timers/promises';
import { failureOf } from './failure';

/** Real time, waiting and chance. */
export type Retrying = Readonly<{
  now: () => number;
  pause: (ms: number) => Promise<unknown>;
  random: () => number;
}>;

/** Carries out a command, again after trouble that passes. The command may have come through. */
export type TryAgain = <Result>(command: () => Promise<Result>) => Promise<Result>;

export const realRetrying: Retrying = {
  now: () => performance.now(),
  pause: (ms) => wait(ms),
  random: Math.random,
};

/** A request has a second and a half in all. */
const longestMs = 1_000;

/**
 * Tries a command again within the time that a request has, and for no longer. The last error is
 * thrown as it came.
 */
export function createTryAgain(retrying: Retrying = realRetrying): TryAgain {
  return async (command) => {
    const until = retrying.now() + longestMs;
    for (let round = 0; ; round += 1) {
      try {
        return await command();
      } catch (error) {
        const pauseMs = pauseOf(round, retrying.random());
        if (failureOf(error) !== 'passing' || retrying.now() + pauseMs > until) throw error;
        await retrying.pause(pauseMs);
      }
    }
  };
}

const mostRounds = 100;

/**
 * Tries until an attempt has an answer. Callers that race each other draw apart by their pauses.
 * Undefined where the others have won every round.
 */
export async function untilWon<Result>(
  { pause, random }: Retrying,
  attempt: () => Promise<Result | undefined>,
): Promise<Result | undefined> {
  for (let round = 0; round < mostRounds; round += 1) {
    const result = await attempt();
    if (result !== undefined) return result;
    await pause(pauseOf(round, random()));
  }
  return undefined;
}

const firstPauseMs = 10;
const longestPauseMs = 200;

/** Doubles by the round, and spreads callers that failed together over the whole of it. */
function pauseOf(round: number, chance: number): number {
  return chance * Math.min(longestPauseMs, firstPauseMs * 2 ** round);
}

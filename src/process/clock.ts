import { virtualOf, type Clock, type Instant, type VirtualClock } from '../core/time/clock';

/** The clock of a process. Tests give a `realNow` of their own. */
export function createClock(virtual: VirtualClock, realNow = (): number => Date.now()): Clock {
  const engineTimeOf = (realMs: number) => virtualOf(virtual, realMs);
  return { virtual, realNow, engineTimeOf, now: () => engineTimeOf(realNow()) };
}

/** A clock that was set back further than this is followed. */
const mostAheadMs = 1_000;

/**
 * Answers the instant of each receipt. No two share one, so that the order of arrival can be read
 * from what is stored.
 */
export function createReceipts({ now }: Pick<Clock, 'now'>): () => Instant {
  let last = -Infinity;
  return () => {
    const at = now();
    const isTaken = at <= last && last - at < mostAheadMs;
    last = isTaken ? last + 1 : at;
    return last;
  };
}

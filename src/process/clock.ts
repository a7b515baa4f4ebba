import { virtualOf, type Clock, type Instant, type VirtualClock } from '../core/time/clock';

/** The clock of a process. Tests give a `realNow` of their own. */
export function createClock(virtual: VirtualClock, realNow = (): number => Date.now()): Clock {
  const engineTimeOf = (realMs: number) => virtualOf(virtual, realMs);
  return { virtual, realNow, engineTimeOf, now: () => engineTimeOf(realNow()) };
}

/** A clock that was set back further than this is followed. */
const mostAheadMs = 1_000;

/** The least difference of two receipts, in milliseconds: an exact binary fraction. */
const receiptStepMs = 1 / 1_024;

/**
 * Answers the instant of each receipt. No two share one, so that the order of arrival can be read
 * from what is stored. Within one millisecond they differ in its fractions, so that receipts do not
 * run ahead of the clock, however many come.
 */
export function createReceipts({ now }: Pick<Clock, 'now'>): () => Instant {
  let last = -Infinity;
  return () => {
    const at = now();
    const isTaken = at <= last && last - at < mostAheadMs;
    last = isTaken ? last + receiptStepMs : at;
    return last;
  };
}

import type { Restamped } from '../core/events/event';
import type { Unrouted } from '../core/events/recorded-event';
import type { Instant } from '../core/time/clock';

const dayMs = 86_400_000;

/** Limits how far an event may lie from its receipt. Both bounds are real milliseconds. */
export const clockBounds = { oldestMs: 400 * dayMs, aheadMs: 300_000 } as const;

/**
 * Reads a client's own clock, in real epoch milliseconds. It says when the event happened, and when
 * the request left. `unreadable` is a stamp that names no instant, as the client wrote it.
 */
export type ClientStamps = Readonly<{
  happened?: number | undefined;
  sent?: number | undefined;
  unreadable?: string | undefined;
}>;

/**
 * Says when a request came, by our own clock, in real epoch milliseconds. `engineTimeOf` reads
 * instants that a client's clock has written as engine time.
 */
export type Reception = Readonly<{
  receivedAt: number;
  engineTimeOf: (realMs: number) => Instant;
  /** The sender says that what it brings is history. */
  isHistory?: boolean;
}>;

/**
 * Places an event in time. Without `occurredAt` it happened on its receipt. `timestamp` is the
 * client's own, uncorrected, so that a repeat says the same.
 */
export type Timing = Readonly<{
  occurredAt?: Instant;
  timestamp?: string;
  restamped?: Restamped;
  history?: true;
  unrouted?: Unrouted;
}>;

/**
 * Says when an event happened, in engine time. If the client says when it sent the event, the age
 * at sending counts back from our receipt, whatever the client's clock shows. An instant a little
 * ahead of the receipt becomes the receipt. So does a stamp beyond the bounds or beyond reading,
 * and `restamped` says so. Only history keeps an instant before the bounds: it is `unrouted`, which
 * is recorded and reaches nobody. Both bounds are real time, also under a virtual clock.
 */
export function timingOf(stamps: ClientStamps, reception: Reception): Timing {
  const timing = timingByStamp(stamps, reception);
  return reception.isHistory ? { ...timing, history: true } : timing;
}

function timingByStamp(
  { happened, sent, unreadable }: ClientStamps,
  { receivedAt, engineTimeOf, isHistory = false }: Reception,
): Timing {
  if (happened === undefined) {
    if (unreadable === undefined) return {};
    return { timestamp: unreadable, restamped: { because: 'unreadable' } };
  }
  const corrected = sent === undefined ? happened : receivedAt - Math.max(0, sent - happened);
  const timestamp = new Date(happened).toISOString();
  const because = outOfBounds(receivedAt - corrected);
  if (because === 'too-old' && isHistory) {
    return { timestamp, occurredAt: writable(engineTimeOf(corrected)), unrouted: because };
  }
  if (because) return { timestamp, restamped: { because, said: timestamp } };
  return { timestamp, occurredAt: engineTimeOf(Math.min(corrected, receivedAt)) };
}

type OutOfBounds = Exclude<Restamped['because'], 'unreadable'>;

function outOfBounds(ageMs: number): OutOfBounds | undefined {
  if (ageMs > clockBounds.oldestMs) return 'too-old';
  return ageMs < -clockBounds.aheadMs ? 'too-far-ahead' : undefined;
}

const lastInstant = 8.64e15;

/** A virtual clock may carry a far instant beyond what ISO 8601 can say. */
function writable(instant: Instant): Instant {
  return Math.max(-lastInstant, Math.min(lastInstant, instant));
}

import type { Instant } from '../core/time/clock';
import type { Unrouted } from '../core/events/recorded-event';

const dayMs = 86_400_000;

/** Limits how far an event may lie from its receipt. Both bounds are real milliseconds. */
export const clockBounds = { oldestMs: 400 * dayMs, aheadMs: 300_000 } as const;

/**
 * Reads a client's own clock, in real epoch milliseconds. It says when the event happened, and when
 * the request left.
 */
export type ClientStamps = Readonly<{ happened?: number | undefined; sent?: number | undefined }>;

/**
 * Says when a request came, by our own clock, in real epoch milliseconds. `engineTimeOf` reads
 * instants that a client's clock has written as engine time.
 */
export type Reception = Readonly<{
  receivedAt: number;
  engineTimeOf: (realMs: number) => Instant;
}>;

/**
 * Places an event in time. `timestamp` is the client's own, uncorrected, so that a repeat says the
 * same. Without a stamp every field is absent.
 */
export type Timing = Readonly<{ occurredAt?: Instant; timestamp?: string; unrouted?: Unrouted }>;

/**
 * Says when an event happened, in engine time. If the client says when it sent the event, the age
 * at sending counts back from our receipt, whatever the client's clock shows. An instant a little
 * ahead of the receipt becomes the receipt. An event beyond the bounds is `unrouted`: it is
 * recorded and reaches nobody. Both bounds are real time, also under a virtual clock.
 */
export function timingOf(
  { happened, sent }: ClientStamps,
  { receivedAt, engineTimeOf }: Reception,
): Timing {
  if (happened === undefined) return {};
  const corrected = sent === undefined ? happened : receivedAt - Math.max(0, sent - happened);
  const unrouted = outOfBounds(receivedAt - corrected);
  const timestamp = new Date(happened).toISOString();
  if (unrouted) return { timestamp, occurredAt: writable(engineTimeOf(corrected)), unrouted };
  return { timestamp, occurredAt: engineTimeOf(Math.min(corrected, receivedAt)) };
}

function outOfBounds(ageMs: number): Unrouted | undefined {
  if (ageMs > clockBounds.oldestMs) return 'too-old';
  return ageMs < -clockBounds.aheadMs ? 'too-far-ahead' : undefined;
}

const lastInstant = 8.64e15;

/** A virtual clock may carry a far instant beyond what ISO 8601 can say. */
function writable(instant: Instant): Instant {
  return Math.max(-lastInstant, Math.min(lastInstant, instant));
}

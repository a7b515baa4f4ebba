import type { Instant } from '../core/time/clock';
import type { Unrouted } from '../core/events/recorded-event';
import type { ClientClock } from './contact-change';

const dayMs = 86_400_000;

/** What a client's clock may say of an event, in real milliseconds before and after its receipt. */
export const clockBounds = { oldestMs: 400 * dayMs, aheadMs: 300_000 } as const;

/** What a client says of its own clock, in real epoch milliseconds: when it happened, and when the request left. */
export type ClientStamps = Readonly<{ happened?: number | undefined; sent?: number | undefined }>;

/** When a request came, by our own clock, in real epoch milliseconds. */
export type Reception = ClientClock & Readonly<{ receivedAt: number }>;

/** `timestamp` is what the client said, uncorrected, so that a repeat says the same. Without a stamp everything is absent. */
export type Timing = Readonly<{ occurredAt?: Instant; timestamp?: string; unrouted?: Unrouted }>;

/**
 * When an event happened, in engine time. Where the client says when it sent it, it happened as long before its receipt as
 * before it was sent, whatever that clock shows. A little ahead of the receipt is the receipt; beyond the bounds it is
 * nobody's business any more. Both bounds are real time, also under a virtual clock.
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

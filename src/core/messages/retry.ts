import type { FailReason } from '../decisions/reasons';
import type { Instant } from '../time/clock';
import type { TroubleKind } from './trouble';

/** The facts of a message that meets trouble. All times are engine time. */
export type Met = Readonly<{
  kind: TroubleKind;
  /** The instant of the trouble, and the instant of the claim. */
  at: Instant;
  since: Instant;
  /** The number of answers of the provider that it does not take the message now. */
  attempts: number;
  /** The pause that the provider asks for. */
  askedMs?: number | undefined;
  /** The instant after which the message is not wanted any more. */
  until: Instant;
}>;

/** When the message is tried again, or why it is given up. */
export type Retry =
  | Readonly<{ kind: 'again'; attempts: number; nextAttemptAt: Instant }>
  | Readonly<{ kind: 'over'; because: FailReason }>;

/** A message is tried this long unless its step says otherwise (RFC 5321, 4.5.4.1). */
export const usualRetryMs = 96 * 3_600_000;

const minute = 60_000;
/** The pauses after the answers of a provider grow to three hours. */
const pausesMs = [5, 15, 30, 60, 120, 180].map((minutes) => minutes * minute);
/** While nobody can be reached: half of the time that the message has waited. */
const [shortestMs, longestMs] = [minute, 15 * minute];

const reasons = {
  unreachable: 'provider-unreachable',
  unauthorized: 'provider-unreachable',
  blocked: 'provider-refused',
  deferred: 'deferred-too-long',
  unanswered: 'provider-unreachable',
} as const satisfies Record<TroubleKind, FailReason>;

/** Decides what becomes of a message that met trouble. Only answers of the provider count. */
export function retryOf(met: Met): Retry {
  const { kind, at, until, askedMs } = met;
  if (at >= until) return { kind: 'over', because: reasons[kind] };
  const isAnswer = kind === 'deferred' || kind === 'blocked' || kind === 'unanswered';
  const attempts = met.attempts + (isAnswer ? 1 : 0);
  const pauseMs = askedMs ?? (isAnswer ? pauseAfter(attempts) : pauseWhileWaiting(at - met.since));
  return { kind: 'again', attempts, nextAttemptAt: Math.min(at + pauseMs, until) };
}

function pauseAfter(attempts: number): number {
  return pausesMs[attempts - 1] ?? Math.max(...pausesMs);
}

/** The pause before another attempt, after a wait that may end at any time. */
export function pauseWhileWaiting(waitedMs: number): number {
  return Math.min(Math.max(Math.round(waitedMs / 2), shortestMs), longestMs);
}

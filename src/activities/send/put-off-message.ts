import type { ProviderTrouble } from '../../channels/channel';
import { expiryOf } from '../../core/enrollments/walk';
import { retryOf, usualRetryMs } from '../../core/messages/retry';
import type { Message, MessageEnd } from '../../core/messages/message';
import { realDurationOf, type Instant } from '../../core/time/clock';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { PutOff } from '../put-off';
import type { Sending } from './sending';
import { patiently, settleAnswered, unanswered } from './settle-message';

/** A message in trouble. `mayHaveLeft` is true where a hand-over of it was never answered. */
export type InTrouble = Readonly<{
  sending: Sending;
  claimed: Message;
  trouble: ProviderTrouble;
  mayHaveLeft: boolean;
}>;

const shortestMs = 1_000;

/**
 * Puts a message off and says so in the ledger: throws PutOff. Settles the message instead once its
 * time is over.
 */
export async function putOffMessage(
  dependencies: ActivityDependencies,
  { sending, claimed, trouble, mayHaveLeft }: InTrouble,
): Promise<Message> {
  const { store, clock, onProviderTrouble } = dependencies;
  const { workspace, id, channel, attempts = 0 } = claimed;
  const { kind, status, message: text, retryAfterMs } = trouble;
  onProviderTrouble({ channel, kind, status, message: id });
  const at = nowOf(dependencies);
  const askedMs = retryAfterMs === undefined ? undefined : retryAfterMs * clock.virtual.scale;
  const until = untilOf(sending, claimed);
  const retry = retryOf({ kind, at, since: claimed.at, attempts, askedMs, until });
  if (retry.kind === 'over') {
    const end: MessageEnd = mayHaveLeft ? unanswered : { status: 'failed', because: retry.because };
    return settleAnswered(dependencies, claimed, { ...end, at });
  }
  const put = {
    status: mayHaveLeft ? 'handing' : 'claimed',
    attempts: retry.attempts,
    nextAttemptAt: retry.nextAttemptAt,
    trouble: { kind, text, at, ...(status !== undefined && { status }) },
  } as const;
  await patiently(dependencies, () => store.messages.putOff(workspace, id, put));
  throw putOffUntil(dependencies, { at, until: retry.nextAttemptAt, code: kind });
}

/** Throws PutOff where an attempt comes before its time. */
export function refuseEarly(
  dependencies: ActivityDependencies,
  { nextAttemptAt, trouble }: Message,
): void {
  const at = nowOf(dependencies);
  if (nextAttemptAt === undefined || nextAttemptAt <= at) return;
  throw putOffUntil(dependencies, { at, until: nextAttemptAt, code: trouble?.kind ?? 'early' });
}

type Wait = Readonly<{ at: Instant; until: Instant; code: string }>;

/** The attempt at `until`, as the activity has to wait for it. */
export function putOffUntil({ clock }: ActivityDependencies, { at, until, code }: Wait): PutOff {
  const realMs = realDurationOf(clock.virtual, until - at);
  return new PutOff(Math.max(realMs, shortestMs), code.toUpperCase());
}

/** Nobody wants the message after its journey, nor longer than its step says. */
function untilOf({ journey, enrollment, step }: Sending, { at }: Message): Instant {
  return Math.min(at + (step.retryForMs ?? usualRetryMs), expiryOf(journey, enrollment));
}

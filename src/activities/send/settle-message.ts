import { DomainError } from '../../core/domain-error';
import type { EndReason, SkipReason } from '../../core/decisions/reasons';
import type { Message, MessageEnd } from '../../core/messages/message';
import { retry } from '../../process/retry';
import type { Settlement } from '../../store/messages/messages';
import { nowOf, type ActivityDependencies } from '../dependencies';

const longestMs = 60_000;
const pauseMs = 500;

/** Settles a message. A settled message stays, and is answered. */
export function settleMessage(
  { store }: ActivityDependencies,
  { workspace, id }: Message,
  settlement: Settlement,
): Promise<Message> {
  return store.messages.settle(workspace, id, settlement);
}

/** Nobody knows the outcome of a message whose hand-over was never answered. */
export const unanswered = { status: 'unknown', because: 'unanswered' } as const;

/** Settles a message that was not sent, as the present says. */
export function endAs(
  dependencies: ActivityDependencies,
  message: Message,
  end: MessageEnd,
): Promise<Message> {
  return settleMessage(dependencies, message, { ...end, at: nowOf(dependencies) });
}

/** Settles a message that may not go out. It may have left if an earlier attempt had no answer. */
export function endHeldBack(
  dependencies: ActivityDependencies,
  { claimed, isUnanswered }: Readonly<{ claimed: Message; isUnanswered: boolean }>,
  because: SkipReason,
): Promise<Message> {
  const end = isUnanswered ? unanswered : ({ status: 'skipped', because } as const);
  return endAs(dependencies, claimed, end);
}

/** The reason why a message of an ended enrollment is not sent. */
export function reasonOf(because: EndReason): SkipReason {
  return because === 'exit-event' || because === 'expired' ? because : 'enrollment-ended';
}

/**
 * Records the answer of a provider. It goes on for a minute while the store is away, since a lost
 * answer would have to be recorded as unknown.
 */
export function settleAnswered(
  dependencies: ActivityDependencies,
  message: Message,
  settlement: Settlement,
): Promise<Message> {
  return patiently(dependencies, () => settleMessage(dependencies, message, settlement));
}

/** Records again and again for a minute while the store is away. */
export function patiently<Result>(
  { clock, pause }: ActivityDependencies,
  record: () => Promise<Result>,
): Promise<Result> {
  const deadline = clock.realNow() + longestMs;
  return retry({
    attempt: record,
    onTrouble: (error) => {
      const isAway = error instanceof DomainError && error.code === 'unavailable';
      if (!isAway || clock.realNow() >= deadline) throw error;
    },
    pause: () => pause(pauseMs),
  });
}

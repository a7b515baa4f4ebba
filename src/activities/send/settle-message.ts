import { DomainError } from '../../core/domain-error';
import type { Message } from '../../core/messages/message';
import { retry } from '../../process/retry';
import type { Settlement } from '../../store/messages/messages';
import type { ActivityDependencies } from '../dependencies';

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

import type { Instant } from '../../core/time/clock';
import { DomainError } from '../../core/domain-error';
import type { Message } from '../../core/messages/message';
import type { ActivityDependencies } from '../dependencies';

type Settlement = Readonly<{
  status: 'sent' | 'skipped' | 'failed' | 'unknown';
  at: Instant;
  because?: string;
  providerId?: string;
  repeated?: boolean;
}>;

const longestMs = 60_000;
const pauseMs = 500;

/** Settles a message. What stands already stays, and is answered. */
export function settleMessage(
  { store }: ActivityDependencies,
  { workspace, id }: Message,
  settlement: Settlement,
): Promise<Message> {
  return store.messages.settle(workspace, id, settlement);
}

/**
 * Records the answer of a provider, and does not give up while the store is away for a while: a lost answer would
 * have to be recorded as unknown.
 */
export async function settleAnswered(
  dependencies: ActivityDependencies,
  message: Message,
  settlement: Settlement,
): Promise<Message> {
  const { clock, pause } = dependencies;
  const deadline = clock.realNow() + longestMs;
  for (;;) {
    try {
      return await settleMessage(dependencies, message, settlement);
    } catch (error) {
      const isAway = error instanceof DomainError && error.code === 'unavailable';
      if (!isAway || clock.realNow() >= deadline) throw error;
      await pause(pauseMs);
    }
  }
}

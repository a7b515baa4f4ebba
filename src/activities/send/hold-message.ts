import { messageDeferred } from '../../core/decisions/message-decisions';
import { switchedOff } from '../../core/decisions/reasons';
import { DomainError } from '../../core/domain-error';
import type { Deferral } from '../../core/messages/judge';
import type { Message } from '../../core/messages/message';
import { pauseWhileWaiting } from '../../core/messages/retry';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { recordOnce } from '../record-once';
import { putOffUntil } from './put-off-message';
import type { Sending } from './sending';

/** A message at its gate. `isUnanswered` where an earlier hand-over of it may have left. */
export type AtGate = Readonly<{ sending: Sending; claimed: Message; isUnanswered: boolean }>;

/**
 * Puts a message off until its time. Its workflow waits for that, and hears what comes meanwhile.
 * A message that may have left waits here, since its line has to stay as it is.
 */
export async function deferMessage(
  dependencies: ActivityDependencies,
  { claimed, isUnanswered }: AtGate,
  { because, until }: Pick<Deferral, 'because' | 'until'>,
): Promise<Message> {
  const { messages } = dependencies.store;
  const { workspace, id } = claimed;
  if (!isUnanswered) return messages.defer(workspace, id, { because, nextAttemptAt: until });
  await messages.postpone(workspace, id, until);
  throw putOffUntil(dependencies, { at: nowOf(dependencies), until, code: because });
}

/**
 * Holds a message while something that it needs is switched off: throws PutOff. It does not fail,
 * and passes the whole gate again.
 */
export async function holdMessage(
  dependencies: ActivityDependencies,
  { sending, claimed, isUnanswered }: AtGate,
): Promise<never> {
  const { messages } = dependencies.store;
  const { workspace, id } = claimed;
  const at = nowOf(dependencies);
  const until = at + pauseWhileWaiting(at - claimed.at);
  if (isUnanswered) {
    await messages.postpone(workspace, id, until);
  } else {
    const held = { because: switchedOff, nextAttemptAt: until } as const;
    const line = await messages.defer(workspace, id, held);
    if (line.status !== 'deferred') throw new DomainError('conflict', `Message "${id}" is settled`);
    await recordOnce(dependencies, messageDeferred(sending.enrollment, line, { at }), []);
  }
  throw putOffUntil(dependencies, { at, until, code: switchedOff });
}

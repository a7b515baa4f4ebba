import { noted } from '../../core/decisions/decisions';
import { messageDeferred, messageSettled } from '../../core/decisions/message-decisions';
import { switchedOff } from '../../core/decisions/reasons';
import type { DeferredOutcome, HandledOutcome } from '../../core/enrollments/outcome';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { recordOnce } from '../record-once';
import { recordWork } from '../record-work';
import type { Sending, Sent } from './sending';

/**
 * Records why the message has the status that it has, and moves the enrollment on. A deferred one
 * keeps it where it is.
 */
export async function recordSend(
  dependencies: ActivityDependencies,
  { enrollment, journey, instruction }: Sending,
  { message, ending }: Sent,
): Promise<HandledOutcome | DeferredOutcome> {
  if (message.status !== 'deferred' || message.because === switchedOff) {
    const decision = messageSettled(enrollment, message);
    return recordWork(dependencies, { enrollment, journey, instruction, decision, ending });
  }
  const { step, notes } = instruction;
  const { because, nextAttemptAt: until = message.at } = message;
  const decision = messageDeferred(enrollment, message, { at: nowOf(dependencies), until });
  await recordOnce(dependencies, decision, noted(enrollment, notes));
  return { kind: 'deferred', step, until, because, written: notes.length };
}

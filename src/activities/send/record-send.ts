import { messageSettled } from '../../core/decisions/decisions';
import type { HandledOutcome } from '../../core/enrollments/outcome';
import type { ActivityDependencies } from '../dependencies';
import { recordWork } from '../record-work';
import type { Sending, Sent } from './sending';

/** Records why the message has the status that it has, and moves the enrollment on. */
export function recordSend(
  dependencies: ActivityDependencies,
  { enrollment, journey, instruction }: Sending,
  { message, ending }: Sent,
): Promise<HandledOutcome> {
  const decision = messageSettled(enrollment, message);
  return recordWork(dependencies, { enrollment, journey, instruction, decision, ending });
}

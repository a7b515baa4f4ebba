import { noted } from '../core/decisions/decisions';
import { messageSettled } from '../core/decisions/message-decisions';
import type { Enrollment } from '../core/enrollments/enrollment';
import { closeEnrollment } from '../intake/close-enrollment';
import type { FinishInstruction } from '../core/enrollments/instruction';
import type { Order } from '../contract/activities';
import type { EnrollmentResult } from '../contract/enrollment-workflow';
import type { ActivityDependencies } from './dependencies';
import { enrolledOf } from './enrolled';
import { reasonOf, settleMessage } from './send/settle-message';

export async function close(
  dependencies: ActivityDependencies,
  order: Order<FinishInstruction>,
): Promise<EnrollmentResult> {
  const { as, because, at, by, write } = order.instruction;
  const { enrollment } = await enrolledOf(dependencies, order);
  await dependencies.store.decisions.record(noted(enrollment, write?.notes ?? []));
  if (write?.heldMessage) await giveUpHeld(dependencies, enrollment, { because, at });
  if (write?.closed) return { as, because };
  const event = by && (await dependencies.store.events.findByKey(enrollment.workspace, by));
  const standing = await closeEnrollment(dependencies, enrollment, {
    as,
    because,
    at,
    ...(event && { by: { event: event.key, occurredAt: event.occurredAt } }),
  });
  return { as: standing.as, because: standing.because };
}

/** A message that waited for its time when its enrollment ended is never sent. */
async function giveUpHeld(
  dependencies: ActivityDependencies,
  enrollment: Enrollment,
  { because, at }: Pick<FinishInstruction, 'because' | 'at'>,
): Promise<void> {
  const { messages, decisions } = dependencies.store;
  const lines = await messages.ofEnrollment(enrollment.workspace, enrollment.id);
  const end = { status: 'skipped', because: reasonOf(because), at } as const;
  for (const line of lines.filter(({ status }) => status === 'deferred')) {
    const settled = await settleMessage(dependencies, line, end);
    await decisions.record([messageSettled(enrollment, settled)]);
  }
}

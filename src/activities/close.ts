import { noted } from '../core/decisions/decisions';
import { closeEnrollment } from '../intake/close-enrollment';
import type { FinishInstruction } from '../core/enrollments/instruction';
import type { Order } from '../contract/activities';
import type { EnrollmentResult } from '../contract/enrollment-workflow';
import type { ActivityDependencies } from './dependencies';
import { enrolledOf } from './enrolled';

export async function close(
  dependencies: ActivityDependencies,
  order: Order<FinishInstruction>,
): Promise<EnrollmentResult> {
  const { as, because, at, by, write } = order.instruction;
  const { enrollment } = await enrolledOf(dependencies, order);
  await dependencies.store.decisions.record(noted(enrollment, write?.notes ?? []));
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

import { noted } from '../core/decisions/decisions';
import { closeEnrollment } from '../intake/close-enrollment';
import type { FinishInstruction } from '../core/enrollments/instruction';
import type { Order } from '../contract/activities';
import type { ActivityDependencies } from './dependencies';
import { enrolledOf } from './enrolled';

export async function close(
  dependencies: ActivityDependencies,
  order: Order<FinishInstruction>,
): Promise<void> {
  const { as, because, at, by, write } = order.instruction;
  const { enrollment } = await enrolledOf(dependencies, order);
  await dependencies.store.decisions.record(noted(enrollment, write?.notes ?? []));
  if (write?.closed) return;
  const event = by && (await dependencies.store.events.findByKey(enrollment.workspace, by));
  await closeEnrollment(dependencies, enrollment, {
    as,
    because,
    at,
    ...(event && { by: { event: event.key, occurredAt: event.occurredAt } }),
  });
}

import { localZone } from '../core/contacts/reach/local-zone';
import type { Instant } from '../core/time/clock';
import type { ResolveInstruction } from '../core/enrollments/instruction';
import { parseDuration } from '../core/time/duration';
import { addDuration } from '../core/time/zoned-time';
import type { Order } from '../contract/activities';
import type { ActivityDependencies } from './dependencies';
import { enrolledOf } from './enrolled';

export async function resolve(
  dependencies: ActivityDependencies,
  order: Order<ResolveInstruction>,
): Promise<Instant> {
  const { enrollment, journey, workspace } = await enrolledOf(dependencies, order);
  const contact = await dependencies.store.contacts.findById(
    enrollment.workspace,
    enrollment.contact,
  );
  const zone = localZone(contact, journey, workspace);
  const { from, duration } = order.instruction;
  return addDuration(from, parseDuration(duration), zone);
}

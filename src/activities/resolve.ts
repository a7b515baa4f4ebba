import type { Instant } from '../journeys/clock';
import type { ResolveInstruction } from '../journeys/instruction';
import { parseDuration } from '../journeys/duration';
import { addDuration } from '../journeys/zoned-time';
import type { Order } from './activities';
import type { Dependencies } from './dependencies';
import { enrolledOf } from './enrolled';

export async function resolve(
  dependencies: Dependencies,
  order: Order<ResolveInstruction>,
): Promise<Instant> {
  const { row, journey, workspace } = await enrolledOf(dependencies, order);
  const contact = await dependencies.store.contacts.findById(row.workspace, row.contact);
  const zone = contact?.timeZone ?? journey.zone ?? workspace.zone;
  const { from, duration } = order.instruction;
  return addDuration(from, parseDuration(duration), zone);
}

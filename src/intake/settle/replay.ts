import type { EventId, EventKey, WorkspaceId } from '../../core/ids';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import type { ReplayAnswer } from '../intake';

/** Makes a dead event pending again. It is still to be settled then. */
export async function replay(
  { store, clock }: IntakeDependencies,
  workspace: WorkspaceId,
  idOrKey: EventId | EventKey,
): Promise<ReplayAnswer> {
  const { events } = store;
  const found = await events.find(workspace, idOrKey);
  if (!found) return { kind: 'unknown' };
  const revived = await events.revive(workspace, found.key, { nextAt: clock.realNow() + leaseMs });
  const event = (await events.findByKey(workspace, found.key)) ?? found;
  return { kind: revived ? 'revived' : 'not-dead', event };
}

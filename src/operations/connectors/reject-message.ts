import { randomUUID } from 'node:crypto';
import type { Fault } from '../../core/domain-error';
import type { Clock } from '../../core/time/clock';
import type { WorkspaceId } from '../../core/ids';
import type { Store } from '../../store/store';

type Dependencies = Readonly<{
  store: Pick<Store, 'rejections'>;
  clock: Pick<Clock, 'now' | 'realNow'>;
}>;

type Refused = Readonly<{ workspace: WorkspaceId; source: string; faults: readonly Fault[] }>;

const keptMs = 30 * 86_400_000;
const mostFaults = 20;

/**
 * Records that a message of another system could not be used. The record lasts 30 days and holds
 * no content. The sender cannot mend it and would send a refused one for ever.
 */
export async function rejectMessage(
  { store, clock }: Dependencies,
  { workspace, source, faults }: Refused,
): Promise<void> {
  const rejection = {
    id: randomUUID(),
    at: clock.now(),
    source,
    faults: faults.slice(0, mostFaults),
  };
  await store.rejections.record(workspace, rejection, clock.realNow() + keptMs);
}

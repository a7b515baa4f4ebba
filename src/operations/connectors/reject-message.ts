import { randomUUID } from 'node:crypto';
import type { Fault } from '../../core/domain-error';
import type { Clock } from '../../core/time/clock';
import type { WorkspaceId } from '../../core/ids';
import type { Store } from '../../store/store';

type Dependencies = Readonly<{
  store: Pick<Store, 'rejections'>;
  clock: Pick<Clock, 'now' | 'realNow'>;
}>;

/** `messages` is the number of those that are refused at once. */
type Refused = Readonly<{
  workspace: WorkspaceId;
  source: string;
  faults: readonly Fault[];
  messages?: number;
}>;

const keptMs = 30 * 86_400_000;
const mostFaults = 20;

/**
 * Records that messages of another system could not be used. The record lasts 30 days and holds
 * no content. The sender cannot mend it and would send a refused one for ever.
 */
export async function rejectMessage(
  { store, clock }: Dependencies,
  { workspace, source, faults, messages = 1 }: Refused,
): Promise<void> {
  const rejection = {
    id: randomUUID(),
    at: clock.now(),
    source,
    faults: faults.slice(0, mostFaults),
    ...(messages > 1 && { messages }),
  };
  await store.rejections.record(workspace, rejection, clock.realNow() + keptMs);
}

import type { EventKey } from '../core/ids';
import type { HeardEvent } from '../core/enrollments/progress';

/** An enrollment remembers this many ids, far more than intake repeats after a crash. */
export const mostSeen = 1_000;

type Seen = Readonly<{
  /** The events of a batch that have not come before, each once. */
  unseen(batch: readonly HeardEvent[]): readonly HeardEvent[];
  ids(): readonly EventKey[];
}>;

/** Intake delivers at least once; this makes it once. */
export function rememberSeen(carried: readonly EventKey[]): Seen {
  const ids = new Set(carried);
  return {
    unseen: (batch) => batch.filter(({ id }) => remember(ids, id)),
    ids: () => [...ids],
  };
}

function remember(ids: Set<EventKey>, id: EventKey): boolean {
  if (ids.has(id)) return false;
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > mostSeen && oldest !== undefined) ids.delete(oldest);
  return true;
}

import { groupBy } from '../../core/group-by';
import type { WorkspaceId } from '../../core/ids';
import type { RecordedEvent } from '../../core/events/recorded-event';
import { complete } from '../commands/carry-out';
import type { IntakeDependencies } from '../dependencies';

/** Marks events as delivered. Those whose command has not come to its end stay pending. */
export async function mark(
  dependencies: IntakeDependencies,
  workspace: WorkspaceId,
  events: readonly RecordedEvent[],
): Promise<void> {
  const { store, clock, failpoint } = dependencies;
  const isDone = await Promise.all(events.map((event) => isCompleted(dependencies, event)));
  const done = events.filter((_, n) => isDone[n]);
  if (done.length === 0) return;
  failpoint('before-mark');
  const at = clock.now();
  const alike = [...groupBy(done, (event) => event.targets.length)];
  await Promise.all(
    alike.map(([targets, group]) => {
      const keys = group.map(({ key }) => key);
      return store.events.markDelivered(workspace, keys, { targets, at });
    }),
  );
}

/** An event whose command has more to do is put off until then. */
async function isCompleted(
  dependencies: IntakeDependencies,
  event: RecordedEvent,
): Promise<boolean> {
  const completion = await complete(dependencies, event);
  if (completion.isDone) return true;
  const until = { nextAt: completion.againAt, attempts: 0 };
  await dependencies.store.events.postpone(event.workspace, event.key, until);
  return false;
}

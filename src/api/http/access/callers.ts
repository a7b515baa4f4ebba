import { createRecent, type Recent } from '../../../process/cache';
import type { WorkspaceId } from '../../../core/ids';
import type { Workspace } from '../../../core/workspaces/workspace';
import type { ApiKey } from '../../../store/keys';
import type { Store } from '../../../store/store';

/**
 * The holder of a key and its workspace, which every request asks for. A change by another process
 * is seen within half a second.
 */
export type Callers = Readonly<{
  keys: Recent<string, ApiKey | undefined>;
  workspaces: Recent<WorkspaceId, Workspace | undefined>;
}>;

/** `now` is a monotone clock in milliseconds; without it, the system's. */
export function createCallers(
  { keys, workspaces }: Pick<Store, 'keys' | 'workspaces'>,
  now = (): number => performance.now(),
): Callers {
  return {
    keys: createRecent({ load: (hash: string) => keys.findByHash(hash), now }),
    workspaces: createRecent({ load: (id: WorkspaceId) => workspaces.find(id), now }),
  };
}

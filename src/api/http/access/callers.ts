import { createRecent, type Recent } from '../../../process/cache';
import type { WorkspaceId } from '../../../core/ids';
import type { Workspace } from '../../../core/workspaces/workspace';
import type { ApiKey } from '../../../store/keys';
import type { Store } from '../../../store/store';

/** Whose a key is, and the workspace it belongs to: every request asks. A change elsewhere is seen within half a second. */
export type Callers = Readonly<{
  keys: Recent<string, ApiKey | undefined>;
  workspaces: Recent<WorkspaceId, Workspace | undefined>;
}>;

/** `now` in real milliseconds, monotone. */
export function createCallers(
  { keys, workspaces }: Pick<Store, 'keys' | 'workspaces'>,
  now: () => number,
): Callers {
  return {
    keys: createRecent({ load: (hash: string) => keys.findByHash(hash), now }),
    workspaces: createRecent({ load: (id: WorkspaceId) => workspaces.find(id), now }),
  };
}

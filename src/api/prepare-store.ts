import { workspaceId } from '../core/ids';
import type { Workspace } from '../core/workspaces/workspace';
import { retry } from '../process/retry';
import type { Store } from '../store/store';

/** The workspace of the bootstrap key, until its owner says otherwise. */
export const defaultWorkspace: Workspace = {
  id: workspaceId('default'),
  name: 'Itinera',
  from: 'hello@example.com',
  zone: 'UTC',
  locale: 'en',
};

/** True once indexes and the default workspace are there. Rejects while MongoDB is away. */
export async function isPrepared(store: Store): Promise<boolean> {
  await store.ping();
  return (await store.workspaces.find(defaultWorkspace.id)) !== undefined;
}

/**
 * Connects in the background, creates the indexes and the default workspace. It tries until it
 * succeeds or is stopped, and is `done` then.
 */
export function prepareStore(
  store: Store,
  onTrouble: (error: unknown, about: string) => void,
): Readonly<{ done: Promise<unknown>; stop: () => Promise<void> }> {
  const stopping = new AbortController();
  const prepared = retry({
    attempt: () => prepare(store),
    onTrouble: (error) => {
      onTrouble(error, 'MongoDB');
    },
    signal: stopping.signal,
  });
  return {
    done: prepared,
    stop: async () => {
      stopping.abort();
      await prepared;
    },
  };
}

async function prepare(store: Store): Promise<void> {
  await store.connect();
  await store.ensureIndexes();
  await store.workspaces.ensure(defaultWorkspace);
}

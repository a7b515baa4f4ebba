import { setTimeout as pause } from 'node:timers/promises';
import { workspaceId } from '../core/ids';
import type { Workspace } from '../core/workspaces/workspace';
import type { Store } from '../store/store';

/** The workspace of the bootstrap key, until its owner says otherwise. */
export const defaultWorkspace: Workspace = {
  id: workspaceId('default'),
  name: 'Itinera',
  from: 'hello@example.com',
  zone: 'UTC',
  locale: 'en',
};

const retryMs = 1_000;

/** True once indexes and the default workspace are there; rejects while MongoDB is out of reach. */
export async function isPrepared(store: Store): Promise<boolean> {
  await store.ping();
  return (await store.workspaces.find(defaultWorkspace.id)) !== undefined;
}

/** Connects in the background, creates indexes and the default workspace; tries until it succeeds or is stopped. */
export function prepareStore(
  store: Store,
  onTrouble: (error: unknown, about: string) => void,
): Readonly<{ stop: () => Promise<void> }> {
  const stopping = new AbortController();
  const prepared = prepare(store, { signal: stopping.signal, onTrouble });
  return {
    stop: async () => {
      stopping.abort();
      await prepared;
    },
  };
}

type Preparation = Readonly<{
  signal: AbortSignal;
  onTrouble: (error: unknown, about: string) => void;
}>;

async function prepare(store: Store, { signal, onTrouble }: Preparation): Promise<void> {
  while (!signal.aborted) {
    try {
      await store.connect();
      await store.ensureIndexes();
      await store.workspaces.ensure(defaultWorkspace);
      return;
    } catch (error) {
      onTrouble(error, 'MongoDB');
      await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

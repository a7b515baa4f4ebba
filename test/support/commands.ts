import mongoose, { type Connection, type mongo } from 'mongoose';
import { createStore, type Store } from '../../src/store/store';
import { sealing } from './sealing';

/** A connected store that writes down what it sends, such as `find events`. */
export type WatchedStore = Readonly<{
  store: Store;
  /** What was sent while `work` ran, in the order of sending. */
  during: (work: () => Promise<unknown>) => Promise<readonly string[]>;
}>;

/** Opens a store of its own on the database of `uri`, which tells of each command it sends. */
export async function openMonitoredStore(
  uri: string,
  onCommand: (command: mongo.Document) => void,
): Promise<Readonly<{ store: Store; connection: Connection }>> {
  const watched = new URL(uri);
  watched.searchParams.set('monitorCommands', 'true');
  const store = createStore({ uri: watched.href, sealing });
  const connection = mongoose.connections.at(-1);
  if (!connection) throw new Error('The store has made no connection');
  await store.connect();
  connection.getClient().on('commandStarted', ({ command }: mongo.CommandStartedEvent) => {
    onCommand(command);
  });
  return { store, connection };
}

/** Opens a store of its own on the database that `uri` names. */
export async function openWatchedStore(uri: string): Promise<WatchedStore> {
  const sent: string[] = [];
  const { store } = await openMonitoredStore(uri, (command) => {
    const [[name, collection] = []] = Object.entries<unknown>(command);
    sent.push(`${String(name)} ${String(collection)}`);
  });
  return {
    store,
    during: async (work) => {
      sent.length = 0;
      await work();
      return [...sent];
    },
  };
}

import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { loadDevConfig } from '../../src/process/config';
import { startStore } from '../../dev/mongo/storage/store';
import type { StoreSettings } from '../../src/store/mongo/connection';
import { createStore, type Store } from '../../src/store/store';
import { patient } from './patience';
import { encryption, sealing } from './sealing';

export type TestStore = Readonly<{
  store: Store;
  /** The database behind it. */
  uri: string;
  close: () => Promise<void>;
}>;

/** `file` is that of a server of its own. */
export type TestStoreSettings = Pick<StoreSettings, 'encryption'> & Readonly<{ file?: string }>;

/** With a key ring in the environment every test store encrypts what is personal. */
const ringed = 'ITINERA_KEY_RING' in loadDevConfig().inherited ? { encryption } : {};

/**
 * A connected store with its indexes, in a database of its own. It is on MONGODB_URI, else on a
 * server that ends with it.
 */
export async function openTestStore({
  file,
  ...settings
}: TestStoreSettings = ringed): Promise<TestStore> {
  const server = await openServer(file);
  const database = `itinera-${randomUUID()}`;
  const store = createStore({ uri: server.uri, database, sealing, ...settings }, patient);
  await store.connect();
  await store.ensureIndexes();
  const close = async () => {
    await store.close();
    await server.forget(database);
  };
  return { store, uri: databaseUri(server.uri, database), close };
}

function databaseUri(uri: string, database: string): string {
  const url = new URL(uri);
  url.pathname = `/${database}`;
  return url.href;
}

type Server = Readonly<{ uri: string; forget: (database: string) => Promise<void> }>;

async function openServer(file: string | undefined): Promise<Server> {
  const { mongodbUri: uri } = loadDevConfig();
  if (uri !== undefined) return { uri, forget: (database) => drop(uri, database) };
  const server = await startStore({ port: 0, ...(file !== undefined && { file }) });
  return { uri: server.uri, forget: () => server.close() };
}

async function drop(uri: string, database: string): Promise<void> {
  const client = await mongo.MongoClient.connect(uri);
  await client.db(database).dropDatabase();
  await client.close();
}

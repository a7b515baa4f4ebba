import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { loadDevConfig } from '../../../src/process/config';
import { startStore } from '../../../dev/mongo/storage/store';

/** A document whose id may be anything the tests need. */
export type Thing = { _id?: string | number | mongo.ObjectId } & mongo.Document;

export type Target = Readonly<{
  uri: string;
  client: mongo.MongoClient;
  /** A database of this file's own. */
  database: mongo.Db;
  /** A collection that no other test uses. */
  collection: (...docs: readonly Thing[]) => Promise<mongo.Collection<Thing>>;
  close: () => Promise<void>;
}>;

/** The suite runs against the MongoDB that MONGODB_URI names, else the development store. */
export async function openTarget(): Promise<Target> {
  const { mongodbUri } = loadDevConfig();
  const store =
    mongodbUri === undefined ? await startStore({ port: 0, sweepEveryMs: 50 }) : undefined;
  const uri = mongodbUri ?? store?.uri ?? '';
  const client = await mongo.MongoClient.connect(uri);
  const database = client.db(`itinera-${randomUUID()}`);
  return {
    uri,
    client,
    database,
    collection: async (...docs) => {
      const collection = database.collection<Thing>(randomUUID());
      if (docs.length > 0) await collection.insertMany([...docs]);
      return collection;
    },
    close: async () => {
      await database.dropDatabase();
      await client.close();
      await store?.close();
    },
  };
}

/** Waits until the condition holds; a test that waits in vain fails by its time-out. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await setTimeout(20);
}

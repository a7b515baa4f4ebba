import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { startStore } from '../../dev/mongo/storage/store';

/** Works with the MongoDB that is given, else with a stand-in that ends with it. */
export async function withServer<Result>(
  given: string | undefined,
  work: (server: Server) => Promise<Result>,
): Promise<Result> {
  const standIn = given === undefined ? await startStore({ port: 0 }) : undefined;
  const made: string[] = [];
  const uri = given ?? standIn?.uri ?? '';
  try {
    return await work({
      uri,
      newDatabase: () => {
        const name = `itinera-growth-${randomUUID()}`;
        made.push(name);
        return name;
      },
    });
  } finally {
    if (!standIn) await drop(uri, made);
    await standIn?.close();
  }
}

/** `newDatabase` names a database that is dropped at the end. */
export type Server = Readonly<{ uri: string; newDatabase: () => string }>;

async function drop(uri: string, names: readonly string[]): Promise<void> {
  const client = await mongo.MongoClient.connect(uri);
  for (const name of names) await client.db(name).dropDatabase();
  await client.close();
}

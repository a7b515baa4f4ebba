import { mongo } from 'mongoose';

/** A document as another version of the code may have left it. */
export type StoredDocument = Readonly<{ _id: string } & Record<string, unknown>>;

/** Works on one collection past the store, as the database sees it. */
export async function inCollection<Result>(
  uri: string,
  name: string,
  work: (documents: mongo.Collection<StoredDocument>) => Promise<Result>,
): Promise<Result> {
  const client = await mongo.MongoClient.connect(uri);
  try {
    return await work(client.db().collection<StoredDocument>(name));
  } finally {
    await client.close();
  }
}

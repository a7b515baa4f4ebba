import mongoose from 'mongoose';

/** All documents of a workspace in every collection, as text. */
export async function everythingIn(uri: string, workspace: string): Promise<string> {
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    const collections = (await connection.db?.collections()) ?? [];
    const found = await Promise.all(
      collections.map((collection) => collection.find({ workspace }).toArray()),
    );
    return JSON.stringify(found);
  } finally {
    await connection.close();
  }
}

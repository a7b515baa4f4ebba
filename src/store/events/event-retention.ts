import mongoose, { type Connection } from 'mongoose';

const indexName = 'retention';
const indexOptionsConflict = 85;

/**
 * Lets MongoDB remove events so many days after they were settled, by real time; a pending one has
 * no such day and stays. Where the retention has changed since the last start, its index is made
 * anew.
 */
export async function ensureEventRetention(connection: Connection, days: number): Promise<void> {
  const { collection } = connection.model('events');
  const create = () =>
    collection.createIndexes([
      { key: { settledAt: 1 }, name: indexName, expireAfterSeconds: days * 86_400 },
    ]);
  try {
    await create();
  } catch (error) {
    if (!isOtherRetention(error)) throw error;
    await collection.dropIndex(indexName);
    await create();
  }
}

function isOtherRetention(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoError && error.code === indexOptionsConflict;
}

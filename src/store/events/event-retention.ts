import mongoose, { type Connection } from 'mongoose';

const indexName = 'retention';
const indexOptionsConflict = 85;

/**
 * Lets MongoDB remove events some days after they were settled, by real time. A pending event
 * stays. A retention that has changed since the last start gets a new index.
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

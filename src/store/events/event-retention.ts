import mongoose, { type Connection } from 'mongoose';
import { createTryAgain, untilWon, type Retrying } from '../mongo/failures/try-again';

const indexName = 'retention';
/** IndexOptionsConflict and IndexKeySpecsConflict: servers differ in the one they choose. */
const otherRetention = [85, 86];
/** NamespaceNotFound and IndexNotFound. */
const gone = [26, 27];

/**
 * Lets MongoDB remove events some days after they were settled, by real time. A pending event
 * stays. A retention that has changed since the last start gets a new index. Several processes may
 * start with it at once.
 */
export async function ensureEventRetention(
  connection: Connection,
  days: number,
  retrying: Retrying,
): Promise<void> {
  const { collection } = connection.model('events');
  const tryAgain = createTryAgain(retrying);
  const index = { key: { settledAt: 1 }, name: indexName, expireAfterSeconds: days * 86_400 };
  const isCreated = await untilWon(retrying, async () => {
    const created = await tryAgain(() => collection.createIndexes([index])).then(
      () => true,
      unless(otherRetention),
    );
    if (created) return true;
    await tryAgain(() => collection.dropIndex(indexName)).catch(unless(gone));
    return undefined;
  });
  if (!isCreated) throw new Error('Processes with another retention start at the same time');
}

/** Takes an error with one of these codes for an answer. */
function unless(codes: readonly number[]): (error: unknown) => undefined {
  return (error) => {
    const code = error instanceof mongoose.mongo.MongoError ? Number(error.code) : undefined;
    if (code === undefined || !codes.includes(code)) throw error;
    return undefined;
  };
}

import type { Document } from './collection';
import { failuresByPlace } from './failures/failure';
import type { TryAgain } from './failures/try-again';

type InsertMany = (documents: Document[]) => Promise<unknown>;

/**
 * Inserts each document that is not there yet, and says for each whether it was. A document that
 * was inserted is not sent again with those that failed, or it would pass for a duplicate.
 */
export async function insertDocuments(
  documents: readonly Document[],
  tryAgain: TryAgain,
  insertMany: InsertMany,
): Promise<readonly boolean[]> {
  const isInserted = new Map<number, boolean>();
  await tryAgain(async () => {
    const left = [...documents.entries()].filter(([place]) => !isInserted.has(place));
    try {
      await insertMany(left.map(([, document]) => document));
      for (const [place] of left) isInserted.set(place, true);
    } catch (error) {
      const failures = failuresByPlace(error);
      left.forEach(([place], index) => {
        const failure = failures?.get(index);
        if (failures && !failure) isInserted.set(place, true);
        if (failure === 'duplicate') isInserted.set(place, false);
      });
      if (isInserted.size < documents.length) throw error;
    }
  });
  return documents.map((_, place) => isInserted.get(place) ?? false);
}

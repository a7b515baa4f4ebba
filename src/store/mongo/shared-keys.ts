import type { ContactId } from '../../core/ids';

/** A search reads this many rows of a key at most. */
export const mostFound = 100;

/** A key that rows of more contacts share names nothing of anybody, such as `cart_id=default`. */
const mostSharing = 20;

type Keyed = Readonly<{ _id: string; contact: ContactId; keys?: readonly string[] }>;

/**
 * Finds the rows that carry one of some keys, each once. A key that more than 20 contacts share
 * finds none. `find` answers at most `mostFound` rows.
 */
export async function findByKeys<Row extends Keyed>(
  find: (keys: readonly string[]) => Promise<readonly Row[]>,
  keys: readonly string[],
): Promise<readonly Row[]> {
  if (keys.length === 0) return [];
  const together = await find(keys);
  if (together.length < mostFound) return unshared(together, keys);
  const each = await Promise.all(keys.map(async (key) => unshared(await find([key]), [key])));
  return [...new Map(each.flat().map((row) => [row._id, row])).values()];
}

function unshared<Row extends Keyed>(
  rows: readonly Row[],
  keys: readonly string[],
): readonly Row[] {
  const own = keys.filter((key) => {
    const contacts = rows.filter((row) => row.keys?.includes(key)).map(({ contact }) => contact);
    return new Set(contacts).size <= mostSharing;
  });
  return rows.filter((row) => own.some((key) => row.keys?.includes(key)));
}

import type { Collection } from '../storage/collection';
import type { Doc } from '../storage/document';
import { CommandError } from '../failure';
import { isReplacement, updateOf, upserted, type Update } from './update';

export type Modification = Update &
  Readonly<{ reach: 'first' | 'all'; sort?: Doc | undefined; upsert: boolean }>;

/** What became of the documents an update matched; `inserted` is the document of an upsert. */
export type Outcome = Readonly<{
  matched: readonly Doc[];
  modified: readonly Doc[];
  inserted?: Doc;
}>;

export function modify(collection: Collection, modification: Modification): Outcome {
  const { filter, sort, reach, change, upsert } = modification;
  if (reach === 'all' && isReplacement(change)) {
    throw new CommandError('FailedToParse', 'A multi update needs update operators');
  }
  const matched = collection.find(filter, sort, reach === 'all' ? Infinity : 1);
  if (matched.length > 0 || !upsert) {
    const update = updateOf(modification);
    const modified = matched.filter((doc) => collection.replace(doc, update(doc)));
    return { matched, modified };
  }
  const inserted = upserted(modification);
  collection.insert(inserted);
  return { matched, modified: [], inserted };
}

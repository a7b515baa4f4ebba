import type { Catalog } from './catalog';
import type { Collection } from './collection';
import type { Doc } from './document';
import { valuesAt } from '../query/paths';

/** Removes the documents that TTL indexes declare expired. */
export function expire(catalog: Catalog, nowMs: number): void {
  for (const collection of catalog.all()) {
    for (const { key, expireAfterSeconds } of collection.declaredIndexes) {
      const [path] = Object.keys(key);
      if (path === undefined || expireAfterSeconds === undefined) continue;
      removeUpTo(nowMs - expireAfterSeconds * 1000, collection, path.split('.'));
    }
  }
}

function removeUpTo(lastMs: number, collection: Collection, path: readonly string[]): void {
  const hasExpired = (doc: Doc) =>
    valuesAt(doc, path).some((value) => value instanceof Date && value.getTime() <= lastMs);
  for (const doc of [...collection.documents()].filter(hasExpired)) collection.remove(doc);
}

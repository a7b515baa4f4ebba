import type { mongo } from 'mongoose';

/** An index of a collection. */
export type DeclaredIndex = Readonly<{
  collection: string;
  name: string;
  /** Such as `workspace, -at`. */
  fields: string;
  isExpiry: boolean;
}>;

/** All indexes of a database but those of `_id`. */
export async function indexesIn(database: mongo.Db): Promise<readonly DeclaredIndex[]> {
  const collections = await database.collections();
  const found = await Promise.all(
    collections.map(async (collection) => {
      const indexes = await collection.indexes();
      return indexes.map(({ name = '', key, expireAfterSeconds }) => ({
        collection: collection.collectionName,
        name,
        fields: Object.entries(key).map(fieldOf).join(', '),
        isExpiry: expireAfterSeconds !== undefined,
      }));
    }),
  );
  return found.flat().filter(({ name }) => name !== '_id_');
}

function fieldOf([name, way]: readonly [string, unknown]): string {
  return way === -1 ? `-${name}` : name;
}

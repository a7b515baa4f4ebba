import { z } from 'zod';
import { isDoc, keyOf, type Doc } from '../storage/document';
import { CommandError } from '../failure';
import { indexSpec, type IndexSpec } from '../storage/index-spec';
import { createMatcher } from '../query/query';
import { document, envelope } from '../request';
import type { Collection } from '../storage/collection';
import { createCommand, type Command, type Context } from './command';

const cursor = z.strictObject({ batchSize: z.number().optional() }).default({});

const create = createCommand(
  z.strictObject({ ...envelope, create: z.string() }),
  ({ $db, ...request }, { catalog }) => {
    catalog.ensure(`${$db}.${request.create}`);
    return {};
  },
);

const drop = createCommand(
  z.strictObject({ ...envelope, drop: z.string() }),
  ({ $db, ...request }, { catalog }) => {
    const ns = `${$db}.${request.drop}`;
    return catalog.drop(ns) ? { ns } : {};
  },
);

const dropDatabase = createCommand(
  z.strictObject({ ...envelope, dropDatabase: z.unknown() }),
  ({ $db }, { catalog }) => {
    for (const { namespace } of catalog.inDatabase($db)) catalog.drop(namespace);
    return { dropped: $db };
  },
);

const listCollections = createCommand(
  z.strictObject({
    ...envelope,
    listCollections: z.unknown(),
    filter: document.default({}),
    nameOnly: z.unknown().optional(),
    authorizedCollections: z.unknown().optional(),
    cursor,
  }),
  ({ $db, filter, ...request }, { catalog, cursors }) => {
    const all = catalog.inDatabase($db).map(({ namespace }) => ({
      name: namespace.slice($db.length + 1),
      type: 'collection',
      options: {},
      info: { readOnly: false },
    }));
    const listed = all.filter(createMatcher(filter));
    return {
      cursor: cursors.start(`${$db}.$cmd.listCollections`, {
        docs: listed,
        batchSize: request.cursor.batchSize,
      }),
    };
  },
);

const createIndexes = createCommand(
  z.strictObject({
    ...envelope,
    createIndexes: z.string(),
    indexes: z.array(indexSpec),
    commitQuorum: z.unknown().optional(),
  }),
  ({ $db, indexes, ...request }, { catalog }) => {
    const collection = catalog.ensure(`${$db}.${request.createIndexes}`);
    const numIndexesBefore = collection.indexes.length;
    for (const spec of indexes) if (isNew(collection, spec)) collection.addIndex(spec);
    return { numIndexesBefore, numIndexesAfter: collection.indexes.length };
  },
);

/**
 * As in MongoDB, indexes on the same fields live side by side unless uniqueness, sparseness and
 * filter are equal too.
 */
function isNew({ indexes }: Collection, spec: IndexSpec): boolean {
  if (keyOf(spec.key) === keyOf({ _id: 1 })) return false;
  const equal = indexes.find((other) => signatureOf(other) === signatureOf(spec));
  if (equal?.name === spec.name && equal.expireAfterSeconds === spec.expireAfterSeconds)
    return false;
  if (equal) {
    throw new CommandError(
      'IndexOptionsConflict',
      `Index already exists with other options: ${equal.name}`,
    );
  }
  if (!indexes.some(({ name }) => name === spec.name)) return true;
  throw new CommandError('IndexKeySpecsConflict', `Another index has the name ${spec.name}`);
}

function signatureOf({ key, unique, sparse, partialFilterExpression }: IndexSpec): string {
  return keyOf([key, unique === true, sparse === true, partialFilterExpression]);
}

const listIndexes = createCommand(
  z.strictObject({ ...envelope, listIndexes: z.string(), cursor }),
  ({ $db, ...request }, { catalog, cursors }) => {
    const namespace = `${$db}.${request.listIndexes}`;
    const specs = existing(catalog, namespace).indexes.map((spec) => ({ v: 2, ...spec }));
    return {
      cursor: cursors.start(namespace, { docs: specs, batchSize: request.cursor.batchSize }),
    };
  },
);

const dropIndexes = createCommand(
  z.strictObject({
    ...envelope,
    dropIndexes: z.string(),
    index: z.union([z.string(), z.array(z.string()), document]),
  }),
  ({ $db, index, ...request }, { catalog }) => {
    const collection = existing(catalog, `${$db}.${request.dropIndexes}`);
    const nIndexesWas = collection.indexes.length;
    for (const name of namesOf(collection, index)) collection.dropIndex(name);
    return { nIndexesWas };
  },
);

function namesOf(
  { indexes, declaredIndexes }: Collection,
  index: string | readonly string[] | Doc,
): readonly string[] {
  if (index === '*') return declaredIndexes.map(({ name }) => name);
  const wanted = typeof index === 'string' || isDoc(index) ? [index] : index;
  return wanted.map((given) => {
    const spec = indexes.find(({ name, key }) => name === given || keyOf(key) === keyOf(given));
    if (!spec) throw new CommandError('IndexNotFound', `index not found: ${JSON.stringify(given)}`);
    if (spec.name !== '_id_') return spec.name;
    throw new CommandError('InvalidOptions', 'cannot drop _id index');
  });
}

function existing(catalog: Context['catalog'], namespace: string): Collection {
  const collection = catalog.get(namespace);
  if (collection) return collection;
  throw new CommandError('NamespaceNotFound', `ns does not exist: ${namespace}`);
}

export const schema = {
  create,
  drop,
  dropDatabase,
  listCollections,
  createIndexes,
  listIndexes,
  dropIndexes,
} satisfies Record<string, Command>;

import { ObjectId } from 'bson';
import { z } from 'zod';
import type { Doc } from '../storage/document';
import { CommandError } from '../failure';
import { modify } from '../query/modify';
import { document, envelope, pipeline } from '../request';
import { runBulk } from './bulk';
import { createCommand, type Command } from './command';

const ignored = z.unknown().optional();
const bulk = {
  ...envelope,
  ordered: z.boolean().default(true),
  bypassDocumentValidation: ignored,
};

const insert = createCommand(
  z.strictObject({ ...bulk, insert: z.string(), documents: z.array(document) }),
  ({ $db, documents, ordered, ...request }, { catalog }) => {
    const collection = catalog.ensure(`${$db}.${request.insert}`);
    const { done, errors } = runBulk(documents, ordered, (doc) => {
      collection.insert(withId(doc));
    });
    return { n: done.length, ...errors };
  },
);

/** `_id` comes first and is made when the client sends none. */
function withId(doc: Doc): Doc {
  const { _id = new ObjectId(), ...rest } = doc;
  if (Array.isArray(_id) || _id instanceof RegExp) {
    throw new CommandError('InvalidIdField', `'_id' cannot be an array or a regular expression`);
  }
  return { _id, ...rest };
}

const update = createCommand(
  z.strictObject({
    ...bulk,
    update: z.string(),
    updates: z.array(
      z.strictObject({
        q: document,
        u: z.union([document, pipeline]),
        multi: z.boolean().default(false),
        upsert: z.boolean().default(false),
        arrayFilters: z.array(document).default([]),
        hint: ignored,
      }),
    ),
  }),
  ({ $db, updates, ordered, ...request }, { catalog, now }) => {
    const collection = catalog.ensure(`${$db}.${request.update}`);
    const { done, errors } = runBulk(updates, ordered, ({ q, u, multi, upsert, arrayFilters }) =>
      modify(collection, {
        filter: q,
        change: u,
        arrayFilters,
        upsert,
        reach: multi ? 'all' : 'first',
        now: new Date(now()),
      }),
    );
    const upserted = done.flatMap(({ index, result: { inserted } }) =>
      inserted ? [{ index, _id: inserted['_id'] }] : [],
    );
    return {
      n: done.reduce((sum, { result }) => sum + result.matched.length, upserted.length),
      nModified: done.reduce((sum, { result }) => sum + result.modified.length, 0),
      ...(upserted.length > 0 ? { upserted } : {}),
      ...errors,
    };
  },
);

const remove = createCommand(
  z.strictObject({
    ...bulk,
    delete: z.string(),
    deletes: z.array(
      z.strictObject({ q: document, limit: z.union([z.literal(0), z.literal(1)]), hint: ignored }),
    ),
  }),
  ({ $db, deletes, ordered, ...request }, { catalog }) => {
    const collection = catalog.ensure(`${$db}.${request.delete}`);
    const { done, errors } = runBulk(deletes, ordered, ({ q, limit }) => {
      const docs = collection.find(q, {}, limit === 1 ? 1 : Infinity);
      for (const doc of docs) collection.remove(doc);
      return docs.length;
    });
    return { n: done.reduce((sum, { result }) => sum + result, 0), ...errors };
  },
);

export const writes = { insert, update, delete: remove } satisfies Record<string, Command>;

import { z } from 'zod';
import type { Collection } from '../storage/collection';
import type { Doc } from '../storage/document';
import { CommandError } from '../failure';
import { modify } from '../query/modify';
import { project } from '../query/query';
import { document, envelope, pipeline } from '../request';
import { createCommand } from './command';

const ignored = z.unknown().optional();

const schema = z.strictObject({
  ...envelope,
  findAndModify: z.string(),
  query: document.default({}),
  sort: document.optional(),
  fields: document.default({}),
  remove: z.boolean().default(false),
  update: z.union([document, pipeline]).optional(),
  new: z.boolean().default(false),
  upsert: z.boolean().default(false),
  arrayFilters: z.array(document).default([]),
  bypassDocumentValidation: ignored,
  hint: ignored,
});
type Request = Readonly<z.infer<typeof schema>>;

export const findAndModify = createCommand(schema, (request, { catalog, now }) => {
  const collection = catalog.ensure(`${request.$db}.${request.findAndModify}`);
  return request.remove
    ? removeOne(collection, request)
    : updateOne(collection, request, new Date(now()));
});

function removeOne(collection: Collection, request: Request): Doc {
  const docs = collection.find(request.query, request.sort, 1);
  for (const doc of docs) collection.remove(doc);
  return { lastErrorObject: { n: docs.length }, value: shown(docs, request) };
}

function updateOne(collection: Collection, request: Request, now: Date): Doc {
  const { query: filter, update: change, arrayFilters, upsert, sort } = request;
  if (!change)
    throw new CommandError('FailedToParse', `Either an update or remove=true must be specified`);
  const modification = { filter, change, arrayFilters, upsert, sort, now, reach: 'first' } as const;
  const { matched, inserted } = modify(collection, modification);
  const after = inserted ? [inserted] : matched.flatMap(({ _id }) => collection.find({ _id }));
  return {
    lastErrorObject: {
      n: after.length,
      updatedExisting: matched.length > 0,
      ...(inserted ? { upserted: inserted['_id'] } : {}),
    },
    value: shown(request.new ? after : matched, request),
  };
}

function shown(docs: readonly Doc[], { fields, query }: Request): Doc | null {
  return project(docs, fields, query)[0] ?? null;
}

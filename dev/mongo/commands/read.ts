import { calculateObjectSize } from 'bson';
import { z } from 'zod';
import { keyOf, refuseTooLarge, type Doc } from '../storage/document';
import { valuesAt } from '../query/paths';
import { project, runPipeline } from '../query/query';
import { document, envelope, pipeline } from '../request';
import { createCommand, type Command } from './command';

const size = z.number().int().min(0);
const ignored = z.unknown().optional();

const find = createCommand(
  z.strictObject({
    ...envelope,
    find: z.string(),
    filter: document.default({}),
    sort: document.optional(),
    projection: document.default({}),
    skip: size.default(0),
    limit: size.default(0),
    batchSize: size.optional(),
    singleBatch: z.boolean().default(false),
    hint: ignored,
    allowDiskUse: ignored,
    noCursorTimeout: ignored,
  }),
  (request, { catalog, cursors }) => {
    const { $db, filter, skip, limit, singleBatch, projection, batchSize } = request;
    const namespace = `${$db}.${request.find}`;
    const enough = limit === 0 ? Infinity : skip + limit;
    const page = catalog.view(namespace).find(filter, request.sort, enough).slice(skip);
    const docs = singleBatch ? page.slice(0, batchSize) : page;
    const show = (some: readonly Doc[]) => project(some, projection, filter);
    return { cursor: cursors.start(namespace, { docs, batchSize, show }) };
  },
);

const getMore = createCommand(
  z.strictObject({
    ...envelope,
    getMore: z.number(),
    collection: z.string(),
    batchSize: size.optional(),
  }),
  (request, { cursors }) => ({ cursor: cursors.next(request.getMore, request.batchSize) }),
);

const killCursors = createCommand(
  z.strictObject({ ...envelope, killCursors: z.string(), cursors: z.array(z.number()) }),
  (request, { cursors }) => {
    const cursorsKilled = request.cursors.filter((id) => cursors.kill(id));
    const cursorsNotFound = request.cursors.filter((id) => !cursorsKilled.includes(id));
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
  },
);

const count = createCommand(
  z.strictObject({
    ...envelope,
    count: z.string(),
    query: document.default({}),
    skip: size.default(0),
    limit: size.default(0),
    hint: ignored,
  }),
  ({ $db, query, skip, limit, ...request }, { catalog }) => {
    const found = catalog.view(`${$db}.${request.count}`).find(query).length;
    const counted = Math.max(0, found - skip);
    return { n: limit === 0 ? counted : Math.min(limit, counted) };
  },
);

const distinct = createCommand(
  z.strictObject({
    ...envelope,
    distinct: z.string(),
    key: z.string(),
    query: document.default({}),
    hint: ignored,
  }),
  ({ $db, key, query, ...request }, { catalog }) => {
    const found = catalog.view(`${$db}.${request.distinct}`).find(query);
    const values = found
      .flatMap((doc) => valuesAt(doc, key.split('.')))
      .filter((value) => value !== undefined && !(Array.isArray(value) && value.length === 0));
    const answer = { values: [...new Map(values.map((value) => [keyOf(value), value])).values()] };
    refuseTooLarge(calculateObjectSize(answer));
    return answer;
  },
);

const aggregate = createCommand(
  z.strictObject({
    ...envelope,
    aggregate: z.string(),
    pipeline,
    cursor: z.strictObject({ batchSize: size.optional() }),
    hint: ignored,
    allowDiskUse: ignored,
  }),
  (request, { catalog, cursors }) => {
    const namespace = `${request.$db}.${request.aggregate}`;
    const view = (name: string) => catalog.view(`${request.$db}.${name}`);
    const { filter, enough, rest } = leadingMatch(request.pipeline);
    const found = view(request.aggregate).find(filter, {}, enough);
    const docs = runPipeline(found, rest, (name) => view(name).find({}));
    return { cursor: cursors.start(namespace, { docs, batchSize: request.cursor.batchSize }) };
  },
);

type Leading = Readonly<{ filter: Doc; enough: number; rest: readonly Doc[] }>;

/** A first `$match`, perhaps with a `$limit`, is answered by the collection, which has indexes. */
function leadingMatch(stages: readonly Doc[]): Leading {
  const filter = document.safeParse(stages[0]?.['$match']);
  if (!filter.success) return { filter: {}, enough: Infinity, rest: stages };
  const limit = stages[1]?.['$limit'];
  return {
    filter: filter.data,
    enough: typeof limit === 'number' && limit > 0 ? limit : Infinity,
    rest: stages.slice(1),
  };
}

export const reads = { find, getMore, killCursors, count, distinct, aggregate } satisfies Record<
  string,
  Command
>;

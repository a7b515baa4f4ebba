import { z } from 'zod';
import type { Found } from '../storage/collection';
import type { Doc } from '../storage/document';
import { CommandError } from '../failure';
import { document, envelope, parseRequest } from '../request';
import { createCommand } from './command';

type Search = Readonly<{ filter: Doc; sort?: Doc | undefined; limit?: number }>;

const sort = document.optional();
const statement = z.tuple([z.object({ q: document })]).transform(([{ q: filter }]) => ({ filter }));

/** The search that each command begins with. */
const searches: ReadonlyMap<string, z.ZodType<Search>> = new Map<string, z.ZodType<Search>>([
  ['find', z.object({ filter: document.default({}), sort, limit: z.number().default(0) })],
  [
    'aggregate',
    z
      .object({ pipeline: z.tuple([z.object({ $match: document })]).rest(document) })
      .transform(({ pipeline: [{ $match: filter }] }) => ({ filter })),
  ],
  [
    'findAndModify',
    z
      .object({ query: document, sort })
      .transform(({ query: filter, ...rest }) => ({ filter, ...rest, limit: 1 })),
  ],
  ['update', z.object({ updates: statement }).transform(({ updates }) => updates)],
  ['delete', z.object({ deletes: statement }).transform(({ deletes }) => deletes)],
]);

/**
 * Tells how a command finds its documents, in the words of a MongoDB: the stages, the index, and
 * the number of documents looked at. It changes nothing.
 */
export const explain = createCommand(
  z.strictObject({ ...envelope, explain: document, verbosity: z.string().optional() }),
  ({ $db, explain: command }, { catalog }) => {
    const [name = '', collection] = Object.entries(command)[0] ?? [];
    const schema = searches.get(name);
    if (!schema || typeof collection !== 'string') {
      throw new CommandError('NotImplemented', `Explaining '${name}' is not supported here`);
    }
    const { filter, sort: order = {}, limit = 0 } = parseRequest(schema, command);
    const view = catalog.view(`${$db}.${collection}`);
    const found = view.search(filter, order, limit === 0 ? Infinity : limit);
    return {
      queryPlanner: { namespace: `${$db}.${collection}`, winningPlan: stagesOf(found, order) },
      executionStats: {
        executionSuccess: true,
        nReturned: found.docs.length,
        totalDocsExamined: found.examined,
      },
    };
  },
);

function stagesOf({ plan, isSorted }: Found, sortPattern: Doc): Doc {
  const stages = plan ? { stage: 'FETCH', inputStage: walkOf(plan) } : { stage: 'COLLSCAN' };
  return isSorted ? { stage: 'SORT', sortPattern, inputStage: stages } : stages;
}

function walkOf({ index, scans, isOrdered }: NonNullable<Found['plan']>): Doc {
  const scan = { stage: 'IXSCAN', indexName: index.name, keyPattern: index.key };
  if (!isOrdered || scans === 1) return scan;
  return { stage: 'SORT_MERGE', inputStages: Array.from({ length: scans }, () => scan) };
}

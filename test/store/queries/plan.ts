import type { mongo } from 'mongoose';
import type { Query } from './recorder';

/** How a server carries a query out. */
export type Plan = Readonly<{
  query: Query;
  stages: readonly string[];
  indexes: readonly string[];
  returned: number;
  examined: number;
}>;

export async function explain(database: mongo.Db, query: Query): Promise<Plan> {
  const asked = { explain: query.statement, verbosity: 'executionStats' };
  const answer: unknown = await database.command(asked, { ignoreUndefined: true });
  return {
    query,
    stages: valuesOf('stage', partOf('queryPlanner', answer)),
    indexes: valuesOf('indexName', partOf('queryPlanner', answer)),
    returned: Number(valuesOf('nReturned', answer)[0]),
    examined: Number(valuesOf('totalDocsExamined', answer)[0]),
  };
}

/** A plan in words, for the message of a test that fails. */
export function inWords({ query, stages, returned, examined }: Plan): string {
  const statement = JSON.stringify(query.statement);
  return `${query.verb}: ${stages.join(' ')}, ${examined} for ${returned}: ${statement}`;
}

/** Wherever they stand, since servers nest the stages of a plan differently. */
function valuesOf(name: string, node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === name ? [String(value)] : valuesOf(name, value),
  );
}

function partOf(name: string, node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return undefined;
  return Object.entries(node).find(([key]) => key === name)?.[1];
}

import type { Document } from './collection';
import { grouped } from './grouped';
import { oneOf } from './one-of';

/**
 * Asks for the rows of a workspace whose field is one of `values`. An array field contains one of
 * them.
 */
export type Sought = Readonly<{ workspace: string; values: readonly string[] }>;

type Search = (sought: Sought) => Promise<readonly Document[]>;
type Find = (filter: Readonly<Document>) => Promise<readonly Document[]>;

/** Answers concurrent searches in one field by one command. */
export function groupedSearch(find: Find, field: string): Search {
  return grouped<Sought, readonly Document[]>({
    run: async (searches) => {
      const found = await find(filterOf(field, searches));
      const at = placesOf(field, found);
      return searches.map(({ workspace, values }) => [
        ...new Set(values.flatMap((value) => at.get(placeOf(workspace, value)) ?? [])),
      ]);
    },
    isItemsFault: () => false,
  });
}

/** The searches of several workspaces find a little too much together; each takes its own. */
export function filterOf(field: string, searches: readonly Sought[]): Readonly<Document> {
  const workspaces = [...new Set(searches.map(({ workspace }) => workspace))];
  const values = [...new Set(searches.flatMap((sought) => sought.values))];
  return { workspace: oneOf(workspaces), [field]: oneOf(values) };
}

function placesOf(field: string, rows: readonly Document[]): ReadonlyMap<string, Document[]> {
  const places = new Map<string, Document[]>();
  for (const row of rows) {
    for (const value of new Set([row[field]].flat())) {
      const place = placeOf(row['workspace'], value);
      const beside = places.get(place);
      if (beside) beside.push(row);
      else places.set(place, [row]);
    }
  }
  return places;
}

function placeOf(workspace: unknown, value: unknown): string {
  return `${String(workspace)}\n${String(value)}`;
}

import { groupBy } from '../../../core/group-by';
import type { Document } from '../collection';
import { grouped } from '../grouped';
import { oneOf } from '../one-of';

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

type Finding<Asked, Row> = Readonly<{
  alone: (asked: Asked) => Promise<readonly Row[]>;
  /** Answers the rows of them all, in any order. Undefined where these are too many together. */
  together: (asked: readonly Asked[]) => Promise<readonly Row[] | undefined>;
  /** Those of one kind can be asked together. */
  kindOf: (asked: Asked) => string;
  isOf: (row: Row, asked: Asked) => boolean;
  mostItems: number;
}>;

/** More than this is too much for one answer of the store. */
export const mostTogether = { limit: 500, mostBytes: 1_048_576 };

/** The rows of an answer, if these are all. */
export async function wholeOf<Row>(
  answer: Promise<Readonly<{ rows: readonly Row[]; isCut: boolean }>>,
): Promise<readonly Row[] | undefined> {
  const { rows, isCut } = await answer;
  return isCut ? undefined : rows;
}

/**
 * Does concurrent searches of one kind by one command. A search that comes alone is done alone, as
 * are those that find too much together.
 */
export function groupedFind<Asked, Row>({
  alone,
  together,
  kindOf,
  isOf,
  mostItems,
}: Finding<Asked, Row>): (asked: Asked) => Promise<readonly Row[]> {
  async function answer(group: readonly Asked[]): Promise<(readonly [Asked, readonly Row[]])[]> {
    const rows = group.length > 1 ? await together(group) : undefined;
    return Promise.all(
      group.map(async (asked) => {
        const own = rows ? rows.filter((row) => isOf(row, asked)) : await alone(asked);
        return [asked, own] as const;
      }),
    );
  }

  return grouped<Asked, readonly Row[]>({
    mostItems,
    run: async (all) => {
      const groups = [...groupBy(all, kindOf).values()];
      const answers = new Map((await Promise.all(groups.map(answer))).flat());
      return all.map((asked) => answers.get(asked) ?? []);
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

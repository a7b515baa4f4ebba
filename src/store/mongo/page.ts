import { z } from 'zod';
import { DomainError } from '../../core/domain-error';

/** `cursor` is the `nextCursor` of the page before. */
export type PageRequest = Readonly<{ cursor?: string | undefined; limit: number }>;
export type Page<Item> = Readonly<{ data: readonly Item[]; nextCursor?: string }>;

/** A row of a page: the value it is sorted by, and its id. */
export type PagePlace = z.infer<typeof place>;

const place = z.strictObject({ at: z.number(), id: z.string() });

/** A row of a page by a value that no other row has. */
type UniquePlace = z.infer<typeof uniquePlace>;

const uniquePlace = z.strictObject({ unique: z.union([z.string(), z.number()]) });

/** Ascending or descending. */
export type Direction = 1 | -1;

/**
 * Filters for the rows after the cursor in the order of `field`. The bound of `field` stands by
 * itself, so that an index goes straight to it. Throws DomainError `invalid` for a strange cursor.
 */
export function beyond(field: string, direction: Direction, cursor: string | undefined) {
  if (cursor === undefined) return {};
  const { at, id } = placeOf(cursor);
  const further = direction === 1 ? '$gt' : '$lt';
  const isBeyond = [{ [field]: { [further]: at } }, { _id: { [further]: id } }];
  return { [field]: { [`${further}e`]: at }, $or: isBeyond };
}

/** `rows` holds one more than `limit` where there is a next page. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOfRow: (row: Row) => PagePlace | UniquePlace,
): Page<Row> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  if (!last || rows.length <= limit) return { data };
  return { data, nextCursor: cursorOf(placeOfRow(last)) };
}

/** Reads rows in an order with a limit, like `Rows.all`. */
type ReadAll<Row> = (
  filter: Readonly<Record<string, unknown>>,
  selection: Readonly<{
    order: Readonly<Record<string, Direction>>;
    limit: number;
    fields?: Readonly<Record<string, 1>>;
  }>,
) => Promise<readonly Row[]>;

type Unique<Row> = Readonly<{
  by: keyof Row & string;
  direction?: Direction;
  /** With them the rows hold these and their id alone. */
  fields?: Readonly<Record<string, 1>>;
}>;

/**
 * A page of rows of which no two share a value of `by`. Ascending by default.
 */
export async function pageByUnique<Row extends object>(
  all: ReadAll<Row>,
  filter: Readonly<Record<string, unknown>>,
  { cursor, limit }: PageRequest,
  { by, direction = 1, fields }: Unique<Row>,
): Promise<Page<Row>> {
  const further = direction === 1 ? '$gt' : '$lt';
  const beyondCursor = cursor === undefined ? {} : { [by]: { [further]: uniqueOf(cursor) } };
  const selection = { order: { [by]: direction }, limit: limit + 1, ...(fields && { fields }) };
  const found = await all({ ...filter, ...beyondCursor }, selection);
  return pageOf(found, limit, ({ [by]: unique }) => ({ unique: unique as string | number }));
}

function uniqueOf(cursor: string): string | number {
  const parsed = uniquePlace.safeParse(jsonOf(cursor));
  if (parsed.success) return parsed.data.unique;
  throw strangeCursor();
}

export function mapPage<Row, Item>(
  { data, ...rest }: Page<Row>,
  item: (row: Row) => Item,
): Page<Item> {
  return { data: data.map(item), ...rest };
}

/** The cursor that continues after a row. */
export function cursorOf(last: PagePlace | UniquePlace): string {
  return Buffer.from(JSON.stringify(last)).toString('base64url');
}

function placeOf(cursor: string): PagePlace {
  const parsed = place.safeParse(jsonOf(cursor));
  if (parsed.success) return parsed.data;
  throw strangeCursor();
}

export function strangeCursor(): DomainError {
  return new DomainError('invalid', 'The cursor is not one of ours; start without a cursor.');
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

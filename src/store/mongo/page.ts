import { z } from 'zod';
import { DomainError } from '../../core/domain-error';

/** `cursor` is the `nextCursor` of the page before. */
export type PageRequest = Readonly<{ cursor?: string | undefined; limit: number }>;
export type Page<Item> = Readonly<{ data: readonly Item[]; nextCursor?: string }>;

/** A row of a page: the value it is sorted by, and its id. */
export type PagePlace = z.infer<typeof place>;

const place = z.strictObject({ at: z.number(), id: z.string() });

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
  placeOfRow: (row: Row) => PagePlace,
): Page<Row> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  if (!last || rows.length <= limit) return { data };
  return { data, nextCursor: cursorOf(placeOfRow(last)) };
}

export function mapPage<Row, Item>(
  { data, ...rest }: Page<Row>,
  item: (row: Row) => Item,
): Page<Item> {
  return { data: data.map(item), ...rest };
}

/** The cursor that continues after a row. */
export function cursorOf(last: PagePlace): string {
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

import type { z } from 'zod';
import type { Catalog } from '../storage/catalog';
import type { Cursors } from '../cursors';
import type { Doc } from '../storage/document';
import { parseRequest } from '../request';

export type Context = Readonly<{
  catalog: Catalog;
  cursors: Cursors;
  /** Epoch milliseconds. */
  now: () => number;
}>;

/** Runs to its end before any other starts; the answer lacks only `ok: 1`. */
export type Command = (body: Doc, context: Context) => Doc;

export function createCommand<T>(
  schema: z.ZodType<T>,
  run: (request: T, context: Context) => Doc,
): Command {
  return (body, context) => run(parseRequest(schema, body), context);
}

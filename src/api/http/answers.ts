import { z } from 'zod';
import type { Instant } from '../../core/time/clock';

/** An instant as every answer writes it. */
export function isoOf(instant: Instant): string {
  return new Date(instant).toISOString();
}

export const isoSchema = z
  .string()
  .meta({ format: 'date-time', examples: ['2026-03-02T09:00:00.000Z'] });

/** A free-form JSON object in an answer. */
export const objectSchema = z.record(z.string(), z.unknown());

export const faultSchema = z
  .object({
    pointer: z.string().meta({
      description:
        'JSON Pointer (RFC 6901) into the body; `/query/{name}`, `/path/{name}`, `/header/{name}` elsewhere',
    }),
    code: z.string(),
    detail: z.string().meta({ description: 'What is wrong, and the remedy' }),
  })
  .meta({ id: 'Fault' });

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'The request id' }),
    errors: z.array(faultSchema).max(20).optional().meta({ description: 'The first 20' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

/** A list, and the cursor of its next page where there is one. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item),
    nextCursor: z.string().optional().meta({ description: 'Opaque; give it as `cursor`' }),
  });
}

/** The query fields of every list. */
export const paging = {
  cursor: z.string().min(1).max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** The page a query asks for. */
export function pageRequestOf({
  cursor,
  limit,
}: Readonly<{ cursor?: string | undefined; limit: number }>) {
  return { limit, ...(cursor !== undefined && { cursor }) };
}

/** Keeps the fields that are present. An answer leaves the others out. */
export function present<Fields extends Readonly<Record<string, unknown>>>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}

import { z } from 'zod';
import type { JsonObject } from './json';
import { jsonProblemOf, type JsonProblem } from './json-problem';

/** A field that may be absent. OpenAPI would show `exactOptional` as required. */
export function optional<Schema extends z.ZodType>(schema: Schema): z.ZodExactOptional<Schema> {
  return schema.optional() as unknown as z.ZodExactOptional<Schema>;
}

/** A text of 1 to `longest` characters. */
export const text = (longest: number) => z.string().min(1).max(longest);

/** A name of 1 to `longest` of a-z, 0-9 and `-`. */
export const slug = (longest: number) =>
  z.string().regex(new RegExp(`^[a-z0-9-]{1,${longest}}$`), {
    error: `is not 1 to ${longest} of a-z, 0-9 and "-"`,
  });

/** An object whose fields have names of a closed list. OpenAPI says that it has no others. */
export const byName = <const Name extends string, Schema extends z.ZodType>(
  names: readonly Name[],
  schema: Schema,
) => z.partialRecord(z.enum(names), schema).meta({ additionalProperties: false });

/** A list of at most `most` items. */
export const listOf = <Item extends z.ZodType>(item: Item, most: number) => z.array(item).max(most);

const json = { $ref: '#/components/schemas/Json' } as const;

/** Numbers that JavaScript keeps. Others are refused where they would be rounded. */
export const keptNumber = {
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
} as const;

/** JSON values as JSON Schema says them; the OpenAPI document calls it `Json`. */
export const jsonFormat = {
  description:
    'Any JSON, at most 20 levels and 30,000 values in a body. A number that JavaScript would round is refused; write it as text.',
  anyOf: [
    { type: ['string', 'boolean', 'null'] },
    { type: 'number', ...keptNumber },
    { type: 'array', items: json },
    { type: 'object', additionalProperties: json },
  ],
};

/** An object of JSON values as JSON Schema says it. */
export const objectFormat = { type: 'object', additionalProperties: json } as const;

/** A JSON object out of a body that `jsonProblemOf` has walked. Nobody looks below it again. */
export const walkedJsonObject = z
  .custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    { error: 'is not a JSON object', abort: true },
  )
  .meta(objectFormat);

/** A JSON object that can be stored: at most 20 levels, with any names. */
export const jsonObject = walkedJsonObject
  .superRefine((value, context) => {
    const problem = jsonProblemOf(value);
    if (problem) context.addIssue(issueOf(problem));
  })
  .meta(objectFormat);

/**
 * Marks a check that JSON Schema cannot say. A request that fails such checks alone fits its
 * schema.
 */
export const unsaid = { params: { unsaid: true } } as const;

/** A problem of our own as zod reports its issues. */
export function issueOf({ path, detail }: JsonProblem) {
  return { code: 'custom' as const, path: [...path], message: detail };
}

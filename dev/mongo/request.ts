import { z } from 'zod';
import { isDoc, type Doc } from './storage/document';
import { CommandError } from './failure';

export const document = z.custom<Doc>(isDoc, 'is not a document');
export const pipeline = z.array(document);

/**
 * Fields that any command may carry and that mean nothing to a single server that writes before it
 * answers.
 */
export const envelope = {
  $db: z.string(),
  lsid: z.unknown().optional(),
  $clusterTime: z.unknown().optional(),
  $readPreference: z.unknown().optional(),
  readConcern: z.unknown().optional(),
  writeConcern: z.unknown().optional(),
  comment: z.unknown().optional(),
  maxTimeMS: z.unknown().optional(),
};

/**
 * Reads a command; a field it does not know is refused, since leaving it out could change the
 * meaning.
 */
export function parseRequest<T>(schema: z.ZodType<T>, body: Doc): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = Object.keys(body)[0] ?? 'command';
  if (issue?.code === 'unrecognized_keys') {
    const fields = [...issue.path, ...issue.keys].join('.');
    throw new CommandError('UnknownField', `BSON field '${name}.${fields}' is not supported here`);
  }
  throw new CommandError(
    'FailedToParse',
    `BSON field '${name}.${issue?.path.join('.') ?? ''}': ${issue?.message ?? ''}`,
  );
}

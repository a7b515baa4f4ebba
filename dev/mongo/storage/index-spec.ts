import { z } from 'zod';
import { document } from '../request';

/** The index options that are honored; any other, `collation` say, is refused. */
export const indexSpec = z
  .strictObject({
    name: z.string().min(1),
    key: z.record(z.string(), z.union([z.literal(1), z.literal(-1)])),
    unique: z.boolean().optional(),
    sparse: z.boolean().optional(),
    partialFilterExpression: document.optional(),
    expireAfterSeconds: z.number().min(0).optional(),
    background: z.unknown().optional(),
    v: z.unknown().optional(),
  })
  .transform(({ background: _background, v: _v, ...spec }) => spec);
export type IndexSpec = Readonly<z.infer<typeof indexSpec>>;

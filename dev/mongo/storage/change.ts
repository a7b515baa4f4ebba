import { z } from 'zod';
import { indexSpec } from './index-spec';
import { document } from '../request';

const namespace = z.string();

/**
 * One record of the log: what a command did to a collection. Replaying all records rebuilds the
 * store.
 */
export const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), namespace }),
  z.strictObject({ kind: z.literal('drop'), namespace }),
  z.strictObject({ kind: z.literal('index'), namespace, spec: indexSpec }),
  z.strictObject({ kind: z.literal('unindex'), namespace, name: z.string() }),
  z.strictObject({ kind: z.literal('put'), namespace, doc: document }),
  z.strictObject({ kind: z.literal('remove'), namespace, id: z.unknown() }),
]);
export type Change = Readonly<z.infer<typeof change>>;

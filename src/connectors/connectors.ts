import type { Connector } from './connector';
import { segment } from './segment/segment';

/** Every connector by its kind. The API serves their endpoints, and nothing else lists them. */
export const connectors = { segment } as const satisfies Readonly<Record<string, Connector>>;

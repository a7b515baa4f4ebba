import type { Connector, ConnectorKind } from './connector';
import { segment } from './segment/segment';

/** Every connector by its kind. The API serves their endpoints, and nothing else lists them. */
export const connectors = { segment } as const satisfies {
  readonly [Kind in ConnectorKind]: Connector<Kind>;
};

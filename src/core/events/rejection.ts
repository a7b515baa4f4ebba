import type { Fault } from '../domain-error';
import type { Instant } from '../time/clock';

/**
 * Messages of another system that could not be used, of one request. Their sender was told that
 * they came in. `id` is ours, `source` the kind of the connector, and `faults` name the first
 * places that are wrong. `messages` is their number where there are several.
 */
export type Rejection = Readonly<{
  id: string;
  at: Instant;
  source: string;
  faults: readonly Fault[];
  messages?: number;
}>;

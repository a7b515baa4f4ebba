import type { Fault } from '../domain-error';
import type { Instant } from '../time/clock';

/**
 * A message of another system that could not be used. Its sender was told that it came in. `id` is
 * ours, `source` the kind of its connector, and `faults` name the places that are wrong.
 */
export type Rejection = Readonly<{
  id: string;
  at: Instant;
  source: string;
  faults: readonly Fault[];
}>;

import type { Instant } from './clock';
import type { Json } from '../json/json';

/** ISO 8601. A date alone is its midnight in UTC; a time needs an offset. */
const isoInstant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}([.]\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** The instant of a fact in epoch milliseconds or ISO 8601, else NaN. */
export function instantOf(value: Json): Instant {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && isoInstant.test(value) ? Date.parse(value) : Number.NaN;
}

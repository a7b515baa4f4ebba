import type { Snapshot } from '../events/event';
import type { Instant } from '../time/clock';
import type { JsonObject } from '../json/json';

/** The facts of a condition. A root is present only where the condition may read it. */
export type Facts = Readonly<
  Partial<Record<'event' | 'entry' | 'contact' | 'message', JsonObject>>
>;

type Occurrence = Readonly<{ name: string; occurredAt: Instant; properties: JsonObject }>;

/** The facts below `event` or `entry`: name, `occurredAt` in epoch milliseconds, properties. */
export function occurrenceFactsOf({
  name,
  occurredAt,
  properties,
}: Occurrence | Snapshot): JsonObject {
  return { name, occurredAt, properties };
}

import type { EventKey } from '../ids';
import type { Instant } from '../time/clock';
import type { Snapshot } from './event';

type Arrived = Readonly<{ key: EventKey; occurredAt: Instant; receivedAt: Instant }>;

/**
 * Says whether an event is newer than a snapshot. It happened later or, on equal timestamps, it
 * arrived later. Keys decide between two of one receipt, so that every part of the product agrees.
 * A snapshot that does not know its receipt, which versions before 0.2 wrote, arrived earlier.
 */
export function isNewerThan(event: Arrived, snapshot: Snapshot): boolean {
  if (event.key === snapshot.event) return false;
  if (event.occurredAt !== snapshot.occurredAt) return event.occurredAt > snapshot.occurredAt;
  const { receivedAt = -Infinity } = snapshot;
  if (event.receivedAt !== receivedAt) return event.receivedAt > receivedAt;
  return event.key > snapshot.event;
}

/** The newer of two snapshots. */
export function newerOf(one: Snapshot, other: Snapshot): Snapshot {
  const { event: key, occurredAt, receivedAt = -Infinity } = one;
  return isNewerThan({ key, occurredAt, receivedAt }, other) ? one : other;
}

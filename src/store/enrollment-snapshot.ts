import type { Snapshot } from '../core/events/event';
import type { EventKey } from '../core/ids';
import type { Filter } from './mongo/rows';
import { storableJson } from './mongo/storable-json';

/** A snapshot as it is stored. */
export function inertSnapshot(snapshot: Snapshot): Snapshot {
  return { ...snapshot, properties: storableJson(snapshot.properties) };
}

/** Matches rows with this snapshot; all rows where none is given. */
export function isSnapshot(event: EventKey | undefined): Filter {
  return event === undefined ? {} : { 'snapshot.event': event };
}

/**
 * Matches rows whose snapshot is older than this one, or is this one. It is the rule of
 * `isNewerThan`.
 */
export function whereNewer({ event, occurredAt, receivedAt = -Infinity }: Snapshot): Filter {
  const simultaneous = { 'snapshot.occurredAt': occurredAt };
  const older = [
    { 'snapshot.occurredAt': { $lt: occurredAt } },
    { ...simultaneous, 'snapshot.receivedAt': { $exists: false } },
    { ...simultaneous, 'snapshot.receivedAt': { $lt: receivedAt } },
    { ...simultaneous, 'snapshot.receivedAt': receivedAt, 'snapshot.event': { $lt: event } },
  ];
  return { $or: [...older, isSnapshot(event)] };
}

import { eventId, type EventId, type EventKey } from '../../core/ids';
import type { RecordedEvent } from '../../core/events/recorded-event';
import { json, type Collection } from '../mongo/collection';

/** `settledAt` is set by real time for as long as the event is not pending: its retention counts from there. */
export type EventRow = Omit<RecordedEvent, 'key' | 'id'> &
  Readonly<{ _id: EventKey; id?: EventId; nextAt: number; attempts: number; settledAt?: Date }>;

export const eventCollection: Collection<EventRow> = {
  name: 'events',
  fields: {
    workspace: String,
    id: String,
    name: String,
    contact: String,
    occurredAt: Number,
    receivedAt: Number,
    properties: json,
    source: String,
    fingerprint: String,
    status: String,
    targets: json,
    refusals: json,
    command: json,
    intervention: json,
    settledAt: Date,
    unrouted: String,
    because: String,
    nextAt: Number,
    attempts: Number,
  },
  indexes: [
    [{ workspace: 1, id: 1 }],
    [{ workspace: 1, contact: 1, receivedAt: -1, _id: -1 }],
    [{ workspace: 1, contact: 1, status: 1 }, { partialFilterExpression: { status: 'pending' } }],
    [{ workspace: 1, receivedAt: -1, _id: -1 }],
    [{ status: 1, nextAt: 1 }, { partialFilterExpression: { status: 'pending' } }],
    [{ status: 1, receivedAt: 1 }, { partialFilterExpression: { status: 'pending' } }],
    [{ status: 1, workspace: 1, receivedAt: 1 }, { partialFilterExpression: { status: 'dead' } }],
  ],
};

/** By the server's clock, which is real time also where a virtual clock is set. */
export const settledNow = { $currentDate: { settledAt: true } };

/** What an event loses that becomes pending again. */
export const unsettled = { settledAt: 1, because: 1 };

export function optionalEventOf(row: EventRow | undefined): RecordedEvent | undefined {
  return row && eventOf(row);
}

export function eventOf({
  _id,
  nextAt: _nextAt,
  settledAt: _settledAt,
  ...row
}: EventRow): RecordedEvent {
  const { attempts: _attempts, id = eventId(_id), ...event } = row;
  return { key: _id, id, ...event };
}

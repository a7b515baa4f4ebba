import { isByOperator, type Command, type OperatorCommand } from '../../core/events/command';
import type { Event } from '../../core/events/event';
import {
  erasedFingerprint,
  type RecordedEvent,
  type RoutedEvent,
  type UnroutedEvent,
} from '../../core/events/recorded-event';
import { eventId, type EventId, type EventKey } from '../../core/ids';
import { json, type Collection } from '../mongo/collection';
import { storableJson } from '../mongo/storable-json';

/** A command of an operator. It has a field of its own that an erasure takes out. */
type Intervention = Readonly<{ action: OperatorCommand['kind']; by: string; reason: string }>;

/**
 * An event in the collection. `id` is absent once it was erased. `settledAt` is set by real time
 * for as long as the event is not pending: its retention counts from there.
 */
export type EventRow = Omit<Event, 'key' | 'id'> &
  Pick<RecordedEvent, 'workspace' | 'fingerprint' | 'status' | 'history'> &
  Pick<RoutedEvent, 'targets' | 'refusals'> &
  Partial<Pick<UnroutedEvent, 'unrouted'>> &
  Readonly<{
    _id: EventKey;
    id?: EventId;
    command?: Exclude<Command, OperatorCommand>;
    intervention?: Intervention;
    because?: string;
    nextAt: number;
    attempts: number;
    settledAt?: Date;
  }>;

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
    enrollment: String,
    restamped: json,
    history: Boolean,
    keys: [String],
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
  personal: {
    ownerOf: ({ contact }) => contact as string | undefined,
    parts: { content: ['id', 'keys', 'properties', 'fingerprint', 'intervention'] },
    digested: ['id', 'keys'],
    erased: { properties: {}, fingerprint: erasedFingerprint },
  },
  indexes: [
    [{ workspace: 1, id: 1 }],
    [{ workspace: 1, contact: 1, name: 1, receivedAt: 1, _id: 1 }],
    [{ workspace: 1, contact: 1, receivedAt: -1, _id: -1 }],
    [{ workspace: 1, contact: 1, status: 1 }, { partialFilterExpression: { status: 'pending' } }],
    [{ workspace: 1, status: 1, receivedAt: -1, _id: -1 }],
    [{ status: 1, nextAt: 1 }, { partialFilterExpression: { status: 'pending' } }],
    [{ status: 1, receivedAt: 1 }, { partialFilterExpression: { status: 'pending' } }],
    [{ status: 1 }, { partialFilterExpression: { status: 'dead' } }],
    [
      { workspace: 1, keys: 1, receivedAt: -1 },
      { partialFilterExpression: { keys: { $exists: true } } },
    ],
  ],
};

/** By the server's clock, which is real time also where a virtual clock is set. */
export const settledNow = { $currentDate: { settledAt: true } };

/** An event loses these fields when it becomes pending again. */
export const unsettled = { settledAt: 1, because: 1 };

/** An erasure takes out everything that a contact, or an operator about it, has said. */
export const erasedContent = {
  $set: { properties: {}, fingerprint: erasedFingerprint },
  $unset: { id: 1, intervention: 1, keys: 1 },
};

/** The row of a new event, first due at `nextAt`. */
export function rowOf(event: RecordedEvent, nextAt: number): EventRow {
  const { key, properties, command, ...content } = event;
  const settled = event.status === 'pending' ? {} : { settledAt: new Date(nextAt) };
  return {
    _id: key,
    ...content,
    properties: storableJson(properties),
    ...(command && commandFieldsOf(command)),
    ...settled,
    nextAt,
    attempts: 0,
  };
}

function commandFieldsOf(command: Command): Pick<EventRow, 'command' | 'intervention'> {
  if (!isByOperator(command)) return { command };
  const { kind: action, by, reason } = command;
  return { intervention: { action, by, reason } };
}

export function optionalEventOf(row: EventRow | undefined): RecordedEvent | undefined {
  return row && eventOf(row);
}

export function eventOf(row: EventRow): RecordedEvent {
  const { _id, id = eventId(_id), status, targets, refusals, unrouted, because } = row;
  const content = { key: _id, id, ...contentOf(row) };
  if (unrouted) return { ...content, status: 'delivered', targets: [], refusals: [], unrouted };
  const command = commandIn(row);
  const routed = { ...content, targets, refusals, ...(command && { command }) };
  return status === 'dead' ? { ...routed, status, because: because ?? '' } : { ...routed, status };
}

function contentOf(row: EventRow) {
  const { workspace, name, contact, occurredAt, receivedAt, properties, source, keys } = row;
  const { restamped, history, enrollment } = row;
  return {
    workspace,
    fingerprint: row.fingerprint,
    name,
    contact,
    occurredAt,
    receivedAt,
    properties,
    ...(source !== undefined && { source }),
    ...(enrollment !== undefined && { enrollment }),
    ...(restamped && { restamped }),
    ...(history && { history }),
    ...(keys && { keys }),
  };
}

function commandIn({ command, intervention }: EventRow): Command | undefined {
  if (!intervention) return command;
  const { action: kind, by, reason } = intervention;
  return { kind, by, reason };
}

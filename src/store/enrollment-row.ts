import { assertNever } from '../core/assert-never';
import type { Enrollment, EnrollmentStatus } from '../core/enrollments/enrollment';
import type { Snapshot } from '../core/events/event';
import {
  contactOf,
  type ContactId,
  type EnrollmentId,
  type EventKey,
  type JourneyId,
  type StepId,
} from '../core/ids';
import { oneOf } from './mongo/one-of';
import { json, type Collection } from './mongo/collection';
import type { Filter } from './mongo/rows';
import { storableJson } from './mongo/storable-json';

/** An enrollment in the collection. */
export type EnrollmentRow = Omit<Enrollment, 'id'> &
  Readonly<{ _id: EnrollmentId; open: boolean; nextAt: number }>;

export const enrollmentCollection: Collection<EnrollmentRow> = {
  name: 'enrollments',
  fields: {
    workspace: String,
    journey: String,
    version: Number,
    contact: String,
    key: String,
    keys: [String],
    n: Number,
    enteredBy: String,
    listens: [String],
    snapshot: json,
    firstEntryAt: Number,
    openedAt: Number,
    started: Boolean,
    awake: Boolean,
    step: String,
    since: Number,
    ended: json,
    open: Boolean,
    nextAt: Number,
  },
  personal: {
    ownerOf: ({ _id }) => contactOf(String(_id)),
    parts: { names: ['key', 'keys'], entry: ['snapshot.properties'] },
    digested: ['key', 'keys'],
    erased: { 'snapshot.properties': {} },
  },
  indexes: [
    [
      { workspace: 1, contact: 1, journey: 1, key: 1 },
      { name: 'one open', unique: true, partialFilterExpression: { open: true } },
    ],
    [{ workspace: 1, contact: 1, journey: 1, key: 1, n: 1 }, { unique: true }],
    [{ workspace: 1, contact: 1, journey: 1, enteredBy: 1 }, { unique: true }],
    [{ workspace: 1, contact: 1, openedAt: -1, _id: -1 }],
    [{ workspace: 1, key: 1, openedAt: -1, _id: -1 }],
    [{ workspace: 1, open: 1, started: 1, openedAt: -1, _id: -1 }],
    [{ workspace: 1, journey: 1, open: 1, started: 1, openedAt: -1, _id: -1 }],
    [{ workspace: 1, journey: 1, step: 1, open: 1, started: 1, openedAt: -1, _id: -1 }],
    [{ started: 1, nextAt: 1 }, { partialFilterExpression: { started: false } }],
    [{ open: 1, started: 1, nextAt: 1 }, { partialFilterExpression: { open: true } }],
    [
      { workspace: 1, keys: 1 },
      { partialFilterExpression: { open: true, keys: { $exists: true } } },
    ],
  ],
};

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

/** A `step` is one of a journey, so it says little alone. */
export type EnrollmentFilter = Readonly<{
  journey?: JourneyId;
  contact?: ContactId | readonly ContactId[];
  key?: string;
  status?: EnrollmentStatus;
  step?: StepId;
}>;

/**
 * The rows that a filter means. The indexes of lists hold `open` and `started` before the order, so
 * it says both. Those of one contact or key are few and have an index of their own.
 */
export function filterOf({ status, contact, ...rest }: EnrollmentFilter): Filter {
  const isFew = contact !== undefined || rest.key !== undefined;
  const standing = status === undefined && isFew ? {} : standingOf(status);
  return { ...rest, ...(contact !== undefined && { contact: oneOf(contact) }), ...standing };
}

const either = { $in: [true, false] };

function standingOf(status: EnrollmentStatus | undefined): Filter {
  switch (status) {
    case undefined:
      return { open: either, started: either };
    case 'starting':
      return { open: true, started: false };
    case 'open':
      return { open: true, started: true };
    case 'ended':
      return { open: false, started: either };
    default:
      return assertNever(status);
  }
}

import type { restampReasons } from '../decisions/reasons';
import type { Instant } from '../time/clock';
import type { ContactId, EnrollmentId, EventId, EventKey } from '../ids';
import type { JsonObject } from '../json/json';

/**
 * A deed of a contact. `occurredAt` is the client's time as far as we believe it, `receivedAt`
 * ours.
 */
export type Event = Readonly<{
  id: EventId;
  key: EventKey;
  name: string;
  contact: ContactId;
  occurredAt: Instant;
  receivedAt: Instant;
  properties: JsonObject;
  source?: string;
  /** Nobody else hears it: it is a report on a message of this enrollment. */
  enrollment?: EnrollmentId;
  /** Absent where the stamp of the client was believed, or there was none. */
  restamped?: Restamped;
  /** The keys by which an enrollment of anybody finds it. Absent where it can end none by a key. */
  keys?: readonly string[];
}>;

/**
 * The receipt is the time of an event, since the client's stamp cannot be meant. `said` is that
 * stamp in ISO 8601; absent where it cannot be read.
 */
export type Restamped = Readonly<{ because: (typeof restampReasons)[number]; said?: string }>;

/** A stored event as exits look back on it. It may hold only the properties that they read. */
export type PastEvent = Omit<Event, 'id' | 'source'>;

/** The entry event an enrollment works with: the newest, as `isNewerThan` says. */
export type Snapshot = Readonly<{
  event: EventKey;
  name: string;
  occurredAt: Instant;
  /** Absent on snapshots that versions before 0.2 wrote. */
  receivedAt?: Instant;
  properties: JsonObject;
}>;

/** The snapshot that an entry event leaves with its enrollment. */
export function snapshotOf(event: Event): Snapshot {
  const { key, name, occurredAt, receivedAt, properties } = event;
  return { event: key, name, occurredAt, receivedAt, properties };
}

import type { Connection } from 'mongoose';
import type { Instant } from '../core/time/clock';
import type { Decision } from '../core/decisions/decision';
import type { ContactId, WorkspaceId } from '../core/ids';
import type { RecordedEvent } from '../core/events/recorded-event';
import type { StoreScope } from './mongo/connection';
import { decisionCollection, decisionOf, type DecisionRow } from './decisions';
import { eventCollection, eventOf, type EventRow } from './events/event-row';
import { oneOf } from './mongo/one-of';
import { cursorOf, strangeCursor, type Page, type PageRequest, type PagePlace } from './mongo/page';
import { createRows } from './mongo/rows';

/** An event of a contact, or a decision about it. */
export type TimelineLine = Readonly<{ at: Instant }> &
  (Readonly<{ event: RecordedEvent }> | Readonly<{ decision: Decision }>);

/** Events and decisions of a contact in one list. */
export type Timeline = Readonly<{
  /** Latest first: events by their receipt, and at one instant events before decisions. */
  ofContact: (
    workspace: WorkspaceId,
    contacts: readonly ContactId[],
    page: PageRequest,
  ) => Promise<Page<TimelineLine>>;
}>;

export function createTimeline(connection: Connection, scope: StoreScope): Timeline {
  const events = createRows<EventRow>(connection, eventCollection, scope);
  const decisions = createRows<DecisionRow>(connection, decisionCollection, scope);
  return {
    ofContact: async (workspace, contacts, { cursor, limit }) => {
      const after = cursorsIn(cursor);
      const filter = { workspace, contact: oneOf(contacts) };
      const [received, decided] = await Promise.all([
        events.page(filter, 'receivedAt', { cursor: after.events, limit }),
        decisions.page(filter, 'at', { cursor: after.decisions, limit }),
      ]);
      const found = [...received.data.map(eventLineOf), ...decided.data.map(decisionLineOf)];
      const shown = found.toSorted((one, other) => other.line.at - one.line.at).slice(0, limit);
      const data = shown.map(({ line }) => line);
      const isLast = found.length === shown.length && !received.nextCursor && !decided.nextCursor;
      return isLast ? { data } : { data, nextCursor: cursorAfter(shown, after) };
    },
  };
}

type Found = Readonly<{ line: TimelineLine; of: keyof Cursors; place: PagePlace }>;

function eventLineOf(row: EventRow): Found {
  const at = row.receivedAt;
  return { line: { at, event: eventOf(row) }, of: 'events', place: { at, id: row._id } };
}

function decisionLineOf(row: DecisionRow): Found {
  const { at, _id: id } = row;
  return { line: { at, decision: decisionOf(row) }, of: 'decisions', place: { at, id } };
}

/** The last line shown from each of the two lists. */
type Cursors = Readonly<{ events?: string | undefined; decisions?: string | undefined }>;

const between = '~';

function cursorAfter(shown: readonly Found[], before: Cursors): string {
  const after = (list: keyof Cursors) => {
    const last = shown.findLast(({ of }) => of === list);
    return last ? cursorOf(last.place) : (before[list] ?? '');
  };
  return [after('events'), after('decisions')].join(between);
}

function cursorsIn(cursor: string | undefined): Cursors {
  if (cursor === undefined) return {};
  const [events, decisions, ...more] = cursor.split(between);
  if (events === undefined || decisions === undefined || more.length > 0) throw strangeCursor();
  return { events: events || undefined, decisions: decisions || undefined };
}

import type { ContactId, WorkspaceId } from '../../core/ids';
import type { FactPath } from '../../core/conditions/condition';
import type { EventSearch } from '../../core/enrollments/exits';
import type { PastEvent } from '../../core/events/event';
import type { RecordedEvent, Target } from '../../core/events/recorded-event';
import type { StoreScope } from '../mongo/connection';
import { groupedFind, mostTogether, wholeOf } from '../mongo/reading/grouped-search';
import type { Filter, Rows } from '../mongo/rows';
import { segmentsOf } from '../../core/conditions/fact-path';
import { isEscaped } from '../mongo/storable-json';
import { oneOf } from '../mongo/one-of';
import { findByKeys, mostFound } from '../mongo/shared-keys';
import { eventOf, type EventRow } from './event-row';

/** A stored event with the properties that were asked for, and whom it concerns. */
export type FoundEvent = PastEvent & Readonly<{ targets: readonly Pick<Target, 'enrollment'>[] }>;

/** More exits than a person can make in the time that a search covers. */
const mostExits = { limit: 500, mostBytes: 2 * 1_048_576 };

type Sought = EventSearch & Readonly<{ workspace: WorkspaceId; contacts: readonly ContactId[] }>;
type Find = (sought: Sought) => Promise<readonly FoundEvent[]>;

/**
 * Finds the newest events by name, in the order of receipt. There are 500 at most, or 2 MiB of what
 * is asked for. Unrouted ones are left out. Concurrent searches for the same names share a command,
 * outside a session.
 */
export function createEventSearch(
  rows: Pick<Rows<EventRow>, 'within'>,
  { session }: Pick<StoreScope, 'session'>,
): Find {
  const order = { receivedAt: -1, _id: -1 } as const;
  const alone = async (sought: Sought): Promise<readonly PrunedRow[]> => {
    const fields = fieldsFor(sought.paths);
    return (await rows.within(filterOf([sought]), { ...mostExits, order, fields })).rows;
  };
  const search = session
    ? alone
    : groupedFind<Sought, PrunedRow>({
        alone,
        together: (all) => {
          const fields = fieldsFor(all[0]?.paths ?? []);
          return wholeOf(rows.within(filterOf(all), { ...mostTogether, fields }));
        },
        kindOf: ({ workspace, names, paths }) => JSON.stringify([workspace, names, paths]),
        isOf: ({ contact, receivedAt }, { contacts, receivedFrom }) =>
          contacts.includes(contact) && receivedAt >= receivedFrom,
        mostItems: mostSharing,
      });
  return async (sought) => {
    if (sought.names.length === 0) return [];
    return (await search(sought)).toSorted(byReceipt).map(foundIn);
  };
}

/** Contacts in one command. Each of them is looked up by each name. */
const mostSharing = 50;

/** Searches of one kind differ in their contacts and in the time they reach back. */
function filterOf(all: readonly Sought[]): Filter {
  const [first] = all;
  return {
    workspace: first?.workspace,
    contact: oneOf([...new Set(all.flatMap(({ contacts }) => contacts))]),
    name: oneOf(first?.names ?? []),
    receivedAt: { $gte: Math.min(...all.map(({ receivedFrom }) => receivedFrom)) },
    unrouted: { $exists: false },
  };
}

function byReceipt(one: PrunedRow, other: PrunedRow): number {
  return one.receivedAt - other.receivedAt || (one._id < other._id ? -1 : 1);
}

function foundIn(row: PrunedRow): FoundEvent {
  const { _id: key, name, contact, occurredAt, receivedAt, targets, properties = {} } = row;
  return { key, name, contact, occurredAt, receivedAt, targets, properties };
}

type PrunedRow = Omit<EventRow, 'properties'> & Partial<Pick<EventRow, 'properties'>>;

type Fields = Readonly<Record<string, 1>>;

const always = ['name', 'contact', 'occurredAt', 'receivedAt', 'targets.enrollment'];

/** The stored fields behind some paths of facts. `items[].id` is the field `items.id`. */
function fieldsFor(paths: readonly FactPath[]): Fields {
  const below = paths.filter((path) => segmentsOf(path)[0]?.name === 'properties').map(fieldOf);
  const needed = below.filter((field) => !below.some((other) => field.startsWith(`${other}.`)));
  return Object.fromEntries([...always, ...needed].map((field) => [field, 1]));
}

/** A server refuses some names. Then all properties are asked for. */
function fieldOf(path: FactPath): string {
  const names = segmentsOf(path).map(({ name }) => name);
  return names.some((name) => name === '' || isEscaped(name)) ? 'properties' : names.join('.');
}

/** The newest events of anybody that carry one of these keys. */
export async function ofKeys(
  rows: Pick<Rows<EventRow>, 'allStrictly'>,
  workspace: WorkspaceId,
  keys: readonly string[],
): Promise<readonly RecordedEvent[]> {
  const order = { receivedAt: -1 } as const;
  const routed = { workspace, unrouted: { $exists: false } };
  const find = (some: readonly string[]) =>
    rows.allStrictly({ ...routed, keys: oneOf(some) }, { order, limit: mostFound });
  return (await findByKeys(find, keys)).map(eventOf);
}

import { personIdsOf, type Contact } from '../../core/contacts/contact';
import type { Event } from '../../core/events/event';
import { exitNamesOf } from '../../core/enrollments/exits';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import type { Enrollment } from '../../core/enrollments/enrollment';
import {
  erasedFingerprint,
  type RecordedEvent,
  type Unrouted,
} from '../../core/events/recorded-event';
import { routesFor, type EntryMatch, type EntryPast } from '../../core/enrollments/routes-for';
import type { Workspace } from '../../core/workspaces/workspace';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import { openRows } from './open-rows';

type Arrival = Readonly<{
  workspace: Workspace;
  contact: Contact;
  event: Event;
  fingerprint: string;
  /** The journeys it may start. */
  entries: readonly EntryMatch[];
  journeys: readonly CompiledJourney[];
  unrouted?: Unrouted;
}>;

export type Recorded = Readonly<{ kind: 'recorded' | 'repeated'; event: RecordedEvent }>;

/**
 * Takes one event in: its rows, then the event with its targets in one majority-acknowledged insert. When this
 * resolves, the event is durable; `settle` does the rest, now or after a crash.
 */
export async function acceptEvent(
  dependencies: IntakeDependencies,
  arrival: Arrival,
): Promise<Recorded | Readonly<{ kind: 'conflict' }>> {
  const { store, clock, failpoint: passing } = dependencies;
  const { workspace, event, entries, fingerprint } = arrival;
  // Rows are opened before the insert, so what may open one is looked up first.
  const before = entries.length > 0 && (await store.events.findByKey(workspace.id, event.key));
  if (before) return repeatOf(before, fingerprint);
  const routed = await route(dependencies, arrival);
  const recorded: RecordedEvent = { ...event, workspace: workspace.id, fingerprint, ...routed };
  passing('before-insert');
  const inserted = await store.events.insert(recorded, { nextAt: clock.realNow() + leaseMs });
  passing('after-insert');
  if (inserted.kind === 'duplicate') return repeatOf(inserted.existing, fingerprint);
  return { kind: 'recorded', event: recorded };
}

function repeatOf(existing: RecordedEvent, fingerprint: string) {
  return [fingerprint, erasedFingerprint].includes(existing.fingerprint)
    ? ({ kind: 'repeated', event: existing } as const)
    : ({ kind: 'conflict' } as const);
}

async function route(dependencies: IntakeDependencies, arrival: Arrival) {
  const { workspace, contact, event, entries, journeys, unrouted } = arrival;
  if (unrouted) return { unrouted, targets: [], refusals: [], status: 'delivered' as const };
  const rows = await dependencies.store.enrollments.openOf(workspace.id, personIdsOf(contact));
  const pasts = await pastsOf(dependencies, { ...arrival, rows });
  const zone = contact.timeZone ?? workspace.zone;
  const pastOf = (entry: EntryMatch) => pasts.get(entry.journey.id) ?? { exitEvents: [] };
  const routes = routesFor({ event, entries, rows, pastOf, zone });
  const opened = await openRows(dependencies, { ...arrival, openings: routes.open });
  const targets = [...routes.tell, ...opened.targets];
  const refusals = [...routes.refuse, ...opened.refusals];
  const isHeard = targets.length > 0 || refusals.length > 0 || isHeardBy(journeys, event.name);
  return { targets, refusals, status: isHeard ? ('pending' as const) : ('delivered' as const) };
}

/** Somebody may be opening a row for it at this very moment: `settle` looks again. */
function isHeardBy(journeys: readonly CompiledJourney[], name: string): boolean {
  return journeys.some(({ listens }) => listens.includes(name));
}

type Search = Pick<Arrival, 'workspace' | 'contact' | 'entries'> &
  Readonly<{ rows: readonly Enrollment[] }>;

/** The past of every entry that has no open row; at most one entry a journey. */
async function pastsOf(
  { store }: IntakeDependencies,
  { workspace, contact, entries, rows }: Search,
): Promise<ReadonlyMap<string, EntryPast>> {
  const isOpen = ({ journey, key }: EntryMatch) =>
    rows.some((row) => row.journey === journey.id && row.key === key);
  const ids = personIdsOf(contact);
  const wanted = entries.filter((entry) => entry.key !== undefined && !isOpen(entry));
  const pasts = wanted.map(async ({ journey, key = '' }) => {
    const names = exitNamesOf(journey);
    const [last, exitEvents] = await Promise.all([
      store.enrollments.lastOf(workspace.id, { contact: ids, journey: journey.id, key }),
      names.length > 0 ? store.events.ofContact(workspace.id, ids, names) : [],
    ]);
    return [journey.id, { exitEvents, ...(last && { last }) }] as const;
  });
  return new Map(await Promise.all(pasts));
}

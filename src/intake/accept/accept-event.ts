import { personIdsOf, type Contact } from '../../core/contacts/contact';
import type { Event } from '../../core/events/event';
import { candidatesAmong, exitSearchFor } from '../../core/enrollments/exits';
import { entryKeysOf, exitKeysOf } from '../../core/journeys/keys';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import type { Enrollment } from '../../core/enrollments/enrollment';
import {
  erasedFingerprint,
  type RecordedEvent,
  type RoutedEvent,
  type Unrouted,
} from '../../core/events/recorded-event';
import { routesFor, type EntryMatch, type EntryPast } from '../../core/enrollments/routes-for';
import type { Workspace } from '../../core/workspaces/workspace';
import { leaseMs, type IntakeDependencies } from '../dependencies';
import { openEnrollments } from './open-enrollments';

type Arrival = Readonly<{
  workspace: Workspace;
  contact: Contact;
  /** It was created a moment ago. `settle` finds whatever others do meanwhile. */
  isNew?: boolean;
  event: Event;
  fingerprint: string;
  /** The journeys it may start. */
  entries: readonly EntryMatch[];
  /** Those that it would start, were it not for their condition. */
  unmet?: readonly CompiledJourney[];
  journeys: readonly CompiledJourney[];
  history?: true;
  unrouted?: Unrouted;
}>;

/** An event that is durable; `repeated` where it had been accepted before. */
export type Recorded = Readonly<{ kind: 'recorded' | 'repeated'; event: RecordedEvent }>;

/**
 * Accepts one event. It opens the enrollments, then inserts the event with its targets in one
 * majority-acknowledged write. It is durable when this resolves; `settle` does the rest, now or
 * after a crash.
 */
export async function acceptEvent(
  dependencies: IntakeDependencies,
  arrival: Arrival,
): Promise<Recorded | Readonly<{ kind: 'conflict' }>> {
  const { store, clock, failpoint } = dependencies;
  const { workspace, event, entries, fingerprint } = arrival;
  // Enrollments are opened before the insert. So an event that may open any is looked up first.
  const before = entries.length > 0 && (await store.events.findByKey(workspace.id, event.key));
  if (before) return repeatOf(before, fingerprint);
  const recorded = await recordedOf(dependencies, arrival);
  failpoint('before-insert');
  const inserted = await store.events.insert(recorded, { nextAt: clock.realNow() + leaseMs });
  failpoint('after-insert');
  if (inserted.kind === 'duplicate') return repeatOf(inserted.existing, fingerprint);
  return { kind: 'recorded', event: recorded };
}

function repeatOf(existing: RecordedEvent, fingerprint: string) {
  return [fingerprint, erasedFingerprint].includes(existing.fingerprint)
    ? ({ kind: 'repeated', event: existing } as const)
    : ({ kind: 'conflict' } as const);
}

async function recordedOf(
  dependencies: IntakeDependencies,
  arrival: Arrival,
): Promise<RecordedEvent> {
  const { workspace, event, fingerprint, history, journeys, unrouted } = arrival;
  const stored = {
    ...event,
    workspace: workspace.id,
    fingerprint,
    ...(history && { history }),
  };
  if (unrouted) return { ...stored, status: 'delivered', targets: [], refusals: [], unrouted };
  const keys = exitKeysOf(journeys, event);
  const routed = await route(dependencies, arrival);
  return { ...stored, ...(keys.length > 0 && { keys }), ...routed };
}

/** Opens the enrollments that an event enters, and finds those that it concerns. */
export async function route(
  dependencies: IntakeDependencies,
  arrival: Omit<Arrival, 'fingerprint' | 'unrouted'>,
): Promise<
  Pick<RoutedEvent, 'targets' | 'refusals'> & Readonly<{ status: 'pending' | 'delivered' }>
> {
  const { workspace, contact, isNew, event, entries, unmet = [], journeys } = arrival;
  const ids = personIdsOf(contact);
  const open = isNew ? [] : await dependencies.store.enrollments.openOf(workspace.id, ids);
  const pasts = await pastsOf(dependencies, { ...arrival, open });
  const zone = contact.timeZone ?? workspace.zone;
  const pastOf = (entry: EntryMatch) => pasts.get(entry.journey.id) ?? { exitEvents: [] };
  const routes = routesFor({ event, entries, unmet, enrollments: open, pastOf, zone });
  const opened = await openEnrollments(dependencies, { ...arrival, openings: routes.open });
  const targets = [...routes.tell, ...opened.targets];
  const refusals = [...routes.refuse, ...opened.refusals];
  const isHeard = targets.length > 0 || refusals.length > 0 || isHeardBy(journeys, event.name);
  return { targets, refusals, status: isHeard ? 'pending' : 'delivered' };
}

/** Another process may be opening an enrollment for it at this moment: `settle` looks again. */
function isHeardBy(journeys: readonly CompiledJourney[], name: string): boolean {
  return journeys.some(({ listens }) => listens.includes(name));
}

type Search = Pick<Arrival, 'workspace' | 'contact' | 'isNew' | 'event' | 'entries'> &
  Readonly<{ open: readonly Enrollment[] }>;

/** The past of each entry that has no open enrollment. At most one entry a journey. */
async function pastsOf(
  { store }: IntakeDependencies,
  { workspace, contact, isNew, event, entries, open }: Search,
): Promise<ReadonlyMap<string, EntryPast>> {
  const isOpen = ({ journey, key }: EntryMatch) =>
    open.some((one) => one.journey === journey.id && one.key === key);
  const ids = personIdsOf(contact);
  const wanted = entries.filter((entry) => entry.key !== undefined && !isOpen(entry));
  const pasts = wanted.map(async ({ journey, key = '' }) => {
    const opening = { firstEntryAt: event.occurredAt, openedAt: event.receivedAt };
    const [last, own, keyed] = await Promise.all([
      isNew
        ? undefined
        : store.enrollments.lastOf(workspace.id, { contact: ids, journey: journey.id, key }),
      isNew ? [] : store.events.ofContact(workspace.id, ids, exitSearchFor(journey, opening)),
      store.events.ofKeys(workspace.id, entryKeysOf(journey, event)),
    ]);
    return [
      journey.id,
      { exitEvents: candidatesAmong(own, keyed), ...(last && { last }) },
    ] as const;
  });
  return new Map(await Promise.all(pasts));
}

import { contactFactsOf, type Contact } from '../../core/contacts/contact';
import { isNobody } from '../../core/contacts/person-id';
import { namesNobody } from '../../core/decisions/reasons';
import { entriesFor, unmetBy } from '../../core/enrollments/routes-for';
import type { Event } from '../../core/events/event';
import { withListedProducts } from '../../core/events/listed-products';
import { eventId, type ContactId, type WorkspaceId } from '../../core/ids';
import type { JsonObject } from '../../core/json/json';
import type { Instant } from '../../core/time/clock';
import type { Workspace } from '../../core/workspaces/workspace';
import type { IntakeDependencies } from '../dependencies';
import type { Conflict, IncomingEvent } from '../intake';
import { meetContact } from '../resolve-contact';
import { acceptEvent, type Recorded } from './accept-event';
import { engineKeyOf, eventKeyOf, fingerprintOf } from './event-identity';

/** An event and the instant of its receipt. */
export type Received = Readonly<{ incoming: IncomingEvent; at: Instant }>;

/**
 * Accepts an event as a connector hands it over. Its contact comes first, and is created if nobody
 * is found.
 */
export async function acceptIncoming(
  dependencies: IntakeDependencies,
  workspace: Workspace,
  { incoming, at }: Received,
): Promise<Recorded | Conflict> {
  const { live, newEventId, newContactId } = dependencies;
  const id = incoming.id ?? newEventId();
  const unrouted = isNobody(incoming.contact) ? namesNobody : incoming.unrouted;
  const { contact, isNew } = isNobody(incoming.contact)
    ? { contact: nobody(newContactId(), at), isNew: true }
    : await meetContact(dependencies, workspace.id, { ref: incoming.contact, now: at });
  const event = eventOf(workspace.id, contact, { incoming, id, at });
  const journeys = await live.of(workspace.id);
  const starting = incoming.history || unrouted ? [] : journeys;
  const entries = entriesFor(event, starting, contactFactsOf(contact));
  const received = await acceptEvent(dependencies, {
    workspace,
    contact,
    isNew,
    event,
    journeys,
    entries,
    unmet: unmetBy(event, starting, entries),
    fingerprint: fingerprintOfIncoming(incoming),
    ...(incoming.history && { history: incoming.history }),
    ...(unrouted && { unrouted }),
  });
  return received.kind === 'conflict' ? { kind: 'conflict', id } : received;
}

/** An event of nobody is recorded under a new id, which is no contact's. */
function nobody(id: ContactId, at: Instant): Contact {
  const blank = { anonymousIds: [], externalIds: [], traits: {}, tags: [], consents: {} };
  return { id, ...blank, createdAt: at, updatedAt: at };
}

type Reading = Readonly<{ incoming: IncomingEvent; id: string; at: number }>;

function eventOf(workspace: WorkspaceId, contact: Contact, { incoming, id, at }: Reading): Event {
  const { name, properties, source, occurredAt = Math.floor(at), restamped, enrollment } = incoming;
  const keyOf = incoming.isEngines ? engineKeyOf : eventKeyOf;
  return {
    id: eventId(id),
    key: keyOf(workspace, id),
    name,
    contact: contact.id,
    occurredAt,
    receivedAt: at,
    properties: withListedProducts(properties),
    ...(source !== undefined && { source }),
    ...(enrollment !== undefined && { enrollment }),
    ...(restamped && { restamped }),
  };
}

function fingerprintOfIncoming({
  name,
  contact,
  occurredAt,
  timestamp,
  properties,
}: IncomingEvent): string {
  const stamped = timestamp ?? occurredAt ?? null;
  return fingerprintOf({ name, contact: { ...contact } as JsonObject, stamped, properties });
}

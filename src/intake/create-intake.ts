import { contactFactsOf } from '../core/contacts/contact';
import type { Contact } from '../core/contacts/contact';
import type { Event } from '../core/events/event';
import { eventId, type WorkspaceId } from '../core/ids';
import type { JsonObject } from '../core/json/json';
import type { RecordedEvent } from '../core/events/recorded-event';
import { entriesFor } from '../core/enrollments/routes-for';
import type { Workspace } from '../core/workspaces/workspace';
import { erase, merge } from './commands/commands';
import { createContactQueue } from './contact-queue';
import type { IntakeDependencies } from './dependencies';
import { enroll } from './accept/enroll';
import { eventKeyOf, fingerprintOf } from './accept/event-identity';
import type { Conflict, IncomingEvent, Intake, OperatorAnswer, Receipt, Accept } from './intake';
import { exit, skipWait, type Intervened } from './commands/intervene';
import { acceptEvent, type Recorded } from './accept/accept-event';
import { settleOrLeave } from './settle/redrive';
import { replay } from './commands/replay';

export function createIntake(dependencies: IntakeDependencies): Intake {
  const queue = createContactQueue<RecordedEvent>((events) => settleOrLeave(dependencies, events));
  const settleSoon = (event: RecordedEvent) => {
    if (event.status === 'pending') queue.push(`${event.workspace}/${event.contact}`, event);
  };
  const acknowledge = ({ kind, event }: Recorded): Receipt => {
    settleSoon(event);
    return receiptOf(kind, event);
  };
  const accept = (answer: Intervened): OperatorAnswer => {
    if (answer.kind !== 'accepted') return answer;
    settleSoon(answer.event);
    return { kind: 'accepted' };
  };
  return {
    ...createAccepting(dependencies, settleSoon),
    enroll: (workspace, request) => enroll(dependencies, { workspace, request, acknowledge }),
    merge: async (workspace, pair) => {
      const event = await merge(dependencies, workspace, pair);
      if (event) settleSoon(event);
    },
    erase: async (workspace, contact) => {
      settleSoon(await erase(dependencies, workspace, contact));
    },
    exit: async (workspace, request) => accept(await exit(dependencies, workspace, request)),
    skipWait: async (workspace, request) =>
      accept(await skipWait(dependencies, workspace, request)),
    replay: async (workspace, idOrKey) => {
      const answer = await replay(dependencies, workspace, idOrKey);
      if (answer.kind === 'revived') settleSoon(answer.event);
      return answer;
    },
    journeysChanged: (workspace) => {
      dependencies.live.forget(workspace);
    },
    drain: () => queue.idle(),
  };
}

function createAccepting(
  dependencies: IntakeDependencies,
  settleSoon: (event: RecordedEvent) => void,
): Pick<Intake, 'accept' | 'together'> {
  const accepting =
    (onDurable: (event: RecordedEvent) => void): Accept =>
    async (workspace, incoming) => {
      const recorded = await take(dependencies, workspace, incoming);
      if (recorded.kind === 'conflict') return recorded;
      onDurable(recorded.event);
      return receiptOf(recorded.kind, recorded.event);
    };
  return {
    accept: accepting(settleSoon),
    together: async (work) => {
      const waiting: RecordedEvent[] = [];
      const accept = accepting((event) => waiting.push(event));
      return work(accept).finally(() => {
        waiting.forEach(settleSoon);
      });
    },
  };
}

async function take(
  dependencies: IntakeDependencies,
  workspace: Workspace,
  incoming: IncomingEvent,
): Promise<Recorded | Conflict> {
  const { store, clock, live, newEventId, newContactId } = dependencies;
  const at = clock.now();
  const id = incoming.id ?? newEventId();
  const contact = await store.contacts.resolve(workspace.id, incoming.contact, {
    newId: newContactId,
    now: at,
  });
  const event = eventOf(workspace.id, contact, { incoming, id, at });
  const journeys = await live.of(workspace.id);
  const received = await acceptEvent(dependencies, {
    workspace,
    contact,
    event,
    journeys,
    entries: incoming.unrouted ? [] : entriesFor(event, journeys, contactFactsOf(contact)),
    fingerprint: fingerprintOfIncoming(incoming),
    ...(incoming.unrouted && { unrouted: incoming.unrouted }),
  });
  return received.kind === 'conflict' ? { kind: 'conflict', id } : received;
}

type Reading = Readonly<{ incoming: IncomingEvent; id: string; at: number }>;

function eventOf(workspace: WorkspaceId, contact: Contact, { incoming, id, at }: Reading): Event {
  const { name, properties, source, occurredAt = at } = incoming;
  return {
    id: eventId(id),
    key: eventKeyOf(workspace, id),
    name,
    contact: contact.id,
    occurredAt,
    receivedAt: at,
    properties,
    ...(source !== undefined && { source }),
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

function receiptOf(kind: Recorded['kind'], event: RecordedEvent): Receipt {
  const { id, key, contact, targets, refusals, unrouted } = event;
  return {
    kind: kind === 'recorded' ? 'accepted' : 'duplicate',
    id,
    key,
    contact,
    enrollments: targets.map(({ enrollment, effect }) => ({ id: enrollment, effect: effect.kind })),
    refusals,
    ...(unrouted && { unrouted }),
  };
}

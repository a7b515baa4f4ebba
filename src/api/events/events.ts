import { z } from 'zod';
import { readStamp } from '../../connectors/read-stamp';
import { timingOf } from '../../connectors/occurred-at';
import type { IncomingEvent, Receipt, Accept } from '../../intake/intake';
import { assertNever } from '../../core/assert-never';
import { DomainError, type Fault } from '../../core/domain-error';
import { eventId } from '../../core/ids';
import type { RecordedEvent } from '../../core/events/recorded-event';
import { eventInputSchema } from '../../core/events/event.schema';
import { optional, walkedJsonObject } from '../../core/json/json.schema';
import { shownTo } from '../http/access/personal';
import { pageRequestOf, pageSchema, paging } from '../http/answers';
import type { ApiDependencies } from '../dependencies';
import { inLanes, readItem } from './event-item';
import {
  eventResultSchema,
  eventSchema,
  eventViewOf,
  refusalSchema,
  refusalViewOf,
} from './event-views';
import { read, type Read } from '../http/problems/faults';
import { badRequest, operation, type ApiContext } from '../http/operation';
import { json, refusal, type Reply } from '../http/reply';

const mostEvents = 500;
const envelopeSchema = z.strictObject({ events: z.array(z.unknown()).min(1).max(mostEvents) });
const eventInput = eventInputSchema.extend({
  properties: optional(walkedJsonObject),
  context: optional(walkedJsonObject),
});
const documentedEvent = eventInput.meta({ id: 'EventInput' });
const documentedBatch = z.strictObject({
  events: z
    .array(z.union([documentedEvent, z.unknown().meta({ description: 'Rejected as an item' })]))
    .min(1)
    .max(mostEvents),
});

type EventInput = z.output<typeof eventInput>;
type Accepting = Pick<ApiContext, 'workspace' | 'progressed' | 'itemsAtOnce'> &
  Readonly<{ deps: ApiDependencies }>;

export const postEvents = operation({
  summary: 'Report what a contact did: one event, or up to 500',
  description:
    'Acknowledged events are durable and reach every enrollment that listens for them exactly once. The same `id` with the ' +
    'same content again is a `duplicate` and changes nothing; without an `id` a repeat is a new event. In a batch the items ' +
    'are rejected one by one.',
  reading: { types: 'any', limitBytes: 1024 * 1024, itemsIn: 'events' },
  body: z.looseObject({}),
  bodyDocument: z.union([documentedEvent, documentedBatch]),
  answers: {
    202: {
      description: 'What is durable from here on, in the order of the request',
      schema: z.object({ results: z.array(eventResultSchema) }),
    },
  },
  refuses: ['not-found', 'conflict', 'unprocessable'],
  handle: ({ body, ...call }, deps) =>
    'events' in body ? acceptBatch(body, { ...call, deps }) : acceptOne(body, { ...call, deps }),
});

const eventParams = z.strictObject({
  eventId: z.string().trim().max(200).meta({ description: 'Your id of the event, or our key' }),
});

export const getEvent = operation({
  summary: 'What became of an event',
  params: eventParams,
  answers: { 200: { description: 'The event and its targets', schema: eventSchema } },
  refuses: ['not-found'],
  handle: async ({ params, workspace }, { store }) => {
    const event = await store.events.find(workspace.id, eventId(params.eventId));
    return event ? json(200, eventViewOf(event)) : noEvent(params.eventId);
  },
});

export const replayEvent = operation({
  summary: 'Settle an event again that was set aside as dead',
  description:
    'For when what made it fail is mended. It is `pending` again and reaches those of its targets that it has not reached; what fails for good once more is `dead` again.',
  params: eventParams,
  answers: { 202: { description: 'The event, pending again', schema: eventSchema } },
  refuses: ['not-found', 'conflict'],
  handle: async ({ params, workspace, may }, { intake }) => {
    const answer = await intake.replay(workspace.id, eventId(params.eventId));
    switch (answer.kind) {
      case 'unknown':
        return noEvent(params.eventId);
      case 'not-dead':
        return refusal('conflict', notDeadDetail(answer.event));
      case 'revived':
        return json(202, shownTo({ may }, eventViewOf(answer.event), ['properties']));
      default:
        return assertNever(answer);
    }
  },
});

export const listEvents = operation({
  summary: 'The events of the workspace, latest first',
  query: z.strictObject({
    status: z.enum(['pending', 'delivered', 'dead']).optional(),
    ...paging,
  }),
  answers: { 200: { description: 'A page', schema: pageSchema(eventSchema) } },
  refuses: ['unprocessable'],
  handle: async ({ query, workspace }, { store }) => {
    const filter = query.status ? { status: query.status } : {};
    const page = await store.events.list(workspace.id, filter, pageRequestOf(query));
    return json(200, { ...page, data: page.data.map(eventViewOf) });
  },
});

export const listRefusals = operation({
  summary: 'Entries that were refused, and why; latest first',
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page', schema: pageSchema(refusalSchema) } },
  refuses: ['unprocessable'],
  handle: async ({ query, workspace }, { store }) => {
    const page = await store.decisions.refusals(workspace.id, pageRequestOf(query));
    return json(200, { ...page, data: page.data.map(refusalViewOf) });
  },
});

async function acceptOne(body: unknown, { workspace, deps }: Accepting): Promise<Reply> {
  const item = read(eventInput, body);
  if (item.kind === 'faulty') return badRequest(item.faults);
  const receipt = await deps.intake.accept(workspace, incomingOf(item.value, deps));
  if (receipt.kind === 'conflict') return refusal('conflict', conflictDetail(receipt.id));
  return json(202, { results: [acknowledged(receipt)] });
}

async function acceptBatch(body: unknown, accepting: Accepting): Promise<Reply> {
  const envelope = read(envelopeSchema, body);
  if (envelope.kind === 'faulty') return badRequest(envelope.faults);
  const items = envelope.value.events.map((given, index) => ({
    given,
    item: readItem(eventInput, given, ['events', index]),
  }));
  const results = await inLanes(items, {
    laneOf,
    intake: accepting.deps.intake,
    itemsAtOnce: accepting.itemsAtOnce,
    work: async ({ given, item }, accept) =>
      item.kind === 'read'
        ? acceptInBatch(item.value, { ...accepting, accept })
        : rejected(idIn(given), 'invalid', item.faults),
  });
  return json(202, { results });
}

/** Events of one contact stay in their order. */
function laneOf({ item }: Readonly<{ item: Read<EventInput> }>): string {
  return item.kind === 'read' ? JSON.stringify(item.value.contact) : '';
}

/** Refuses the one event and lets the rest pass. Without a store the whole batch fails. */
async function acceptInBatch(
  event: EventInput,
  { workspace, progressed, deps, accept }: Accepting & Readonly<{ accept: Accept }>,
) {
  try {
    const receipt = await accept(workspace, incomingOf(event, deps));
    progressed();
    if (receipt.kind !== 'conflict') return acknowledged(receipt);
    return rejected(receipt.id, 'conflict', [wholeFault('conflict', conflictDetail(receipt.id))]);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'unavailable') throw error;
    return rejected(event.id, error.code, [wholeFault(error.code, error.message)]);
  }
}

function incomingOf(event: EventInput, { clock }: ApiDependencies): IncomingEvent {
  const { id, name, contact, occurredAt, sentAt, history, properties = {}, source } = event;
  const { ms: happened, unreadable } = readStamp(occurredAt);
  const stamps = { happened, unreadable, sent: readStamp(sentAt).ms };
  return {
    ...(id !== undefined && { id }),
    name,
    contact,
    ...timingOf(stamps, {
      receivedAt: clock.realNow(),
      engineTimeOf: clock.engineTimeOf,
      isHistory: history === true,
    }),
    properties,
    ...(source !== undefined && { source }),
  };
}

function acknowledged({ kind, id, enrollments, refusals, restamped, unrouted }: Receipt) {
  const answer = { id, status: kind, enrollments, refusals, ...(restamped && { restamped }) };
  return unrouted ? { ...answer, because: unrouted } : answer;
}

function rejected(id: string | undefined, code: string, faults: readonly Fault[]) {
  const detail = faults[0]?.detail ?? 'The event is not valid';
  const error = { code, detail, errors: faults };
  return {
    ...(id !== undefined && { id }),
    status: 'rejected',
    enrollments: [],
    refusals: [],
    error,
  };
}

function wholeFault(code: string, detail: string): Fault {
  return { pointer: '', code, detail };
}

function conflictDetail(id: string): string {
  return `An event "${id}" with other content was received before; give this one an id of its own.`;
}

function notDeadDetail({ id, status }: RecordedEvent): string {
  return `Event "${id}" is ${status}; only a dead one is replayed, see GET /v1/events?status=dead.`;
}

function noEvent(id: string): Reply {
  return refusal('not-found', `There is no event "${id}"; give its id as it was sent.`);
}

/** So that the client can tell which of its events was rejected. */
function idIn(given: unknown): string | undefined {
  const id: unknown =
    typeof given === 'object' && given !== null ? Reflect.get(given, 'id') : undefined;
  return typeof id === 'string' ? id : undefined;
}

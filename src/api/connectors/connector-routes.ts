import { z } from 'zod';
import type {
  BatchEndpoint,
  Connector,
  ForeignMessage,
  Meaning,
  SingleEndpoint,
} from '../../connectors/connector';
import { assertNever } from '../../core/assert-never';
import type { Accept } from '../../intake/intake';
import { rejectMessage } from '../../operations/connectors/reject-message';
import { takeMeaning } from '../../operations/connectors/take-meaning';
import type { ApiDependencies } from '../dependencies';
import { inLanes } from '../events/event-item';
import { read } from '../http/problems/faults';
import { operation, type ApiContext, type ApiOperation } from '../http/operation';
import { json } from '../http/reply';
import { keyed, type Route } from '../http/route';

/** Builds the routes of a connector: its endpoints say which there are. */
export function routesOf(connector: Connector): readonly Route[] {
  return connector.endpoints.map((endpoint) => {
    switch (endpoint.kind) {
      case 'single':
        return keyed('post', endpoint.path, 'events:write', singleOf(connector, endpoint));
      case 'batch':
        return keyed('post', endpoint.path, 'events:write', batchOf(connector, endpoint));
      default:
        return assertNever(endpoint);
    }
  });
}

/** An order of hundreds of lines is one message. */
const limitBytes = 1024 * 1024;

const success = json(200, { success: true });
const answers = {
  200: { description: 'Durable', schema: z.object({ success: z.literal(true) }) },
} as const;

function singleOf({ kind, message, verify }: Connector, endpoint: SingleEndpoint): ApiOperation {
  const { summary, description, envelope, document, messageIn } = endpoint;
  return operation({
    summary,
    description,
    reading: { types: 'any', rounded: 'as-text', limitBytes, isForeign: true, verify },
    body: envelope,
    bodyDocument: document,
    answers,
    handle: async ({ body, ...context }, deps) => {
      const workspace = context.workspace.id;
      const found = read(message, messageIn(body));
      if (found.kind === 'faulty') {
        await rejectMessage(deps, { workspace, source: kind, faults: found.faults });
        return success;
      }
      const { accept } = deps.intake;
      for (const meaning of meaningsOf(found.value, deps))
        await takeMeaning(deps, takingOf(context, { kind, accept }), meaning);
      return success;
    },
  });
}

function batchOf({ kind, message, verify }: Connector, endpoint: BatchEndpoint): ApiOperation {
  const { summary, description, itemsIn, envelope, document } = endpoint;
  const { isHistory, messageIn } = endpoint;
  return operation({
    summary,
    description,
    reading: { types: 'any', rounded: 'as-text', limitBytes, isForeign: true, itemsIn, verify },
    body: envelope,
    bodyDocument: document,
    answers,
    handle: async ({ body, ...context }, deps) => {
      const items = listIn(body, itemsIn).map((item, index) =>
        read(message, messageIn(item, body), [itemsIn, index]),
      );
      const faulty = items.flatMap((item) => (item.kind === 'faulty' ? [item.faults] : []));
      if (faulty.length > 0) {
        const workspace = context.workspace.id;
        const refused = { faults: faulty.flat(), messages: faulty.length };
        await rejectMessage(deps, { workspace, source: kind, ...refused });
      }
      const fit = items.flatMap((item) =>
        item.kind === 'read' ? [meaningsOf(item.value, deps, isHistory(body))] : [],
      );
      await takeBatch(fit, { ...context, kind }, deps);
      return success;
    },
  });
}

type Meanings = readonly Meaning[];

function meaningsOf(
  message: ForeignMessage,
  { clock }: ApiDependencies,
  isHistory = false,
): Meanings {
  const { engineTimeOf } = clock;
  return message.meanings({ receivedAt: clock.realNow(), engineTimeOf, isHistory });
}

function listIn(body: Readonly<Record<string, unknown>>, field: string): readonly unknown[] {
  const list = body[field];
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
}

async function takeBatch(
  messages: readonly Meanings[],
  { kind, ...context }: ApiContext & Readonly<{ kind: string }>,
  deps: ApiDependencies,
): Promise<void> {
  await inLanes(messages, {
    laneOf,
    itemsAtOnce: context.itemsAtOnce,
    isMore: (meanings) => meanings.length > 1 || meanings.some(({ kind }) => kind !== 'event'),
    intake: deps.intake,
    work: async (meanings, accept: Accept) => {
      const taking = takingOf(context, { kind, accept });
      for (const meaning of meanings) await takeMeaning(deps, taking, meaning);
      context.progressed();
    },
  });
}

function takingOf(
  { workspace, may }: ApiContext,
  { kind, accept }: Readonly<{ kind: string; accept: Accept }>,
) {
  return { workspace, accept, source: kind, rights: { writesContacts: may('contacts:write') } };
}

/** The events of a contact stay in their order. */
function laneOf([first]: Meanings): string {
  if (first === undefined) return '';
  const contact = first.kind === 'event' ? first.event.contact : first.contact;
  return contact.userId ?? contact.anonymousId ?? JSON.stringify(contact);
}

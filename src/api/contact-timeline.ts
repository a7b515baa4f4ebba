import { z } from 'zod';
import type { Decision } from '../journeys/decision';
import type { RecordedEvent } from '../journeys/recorded-event';
import { idsNamed } from '../operations/change-contact';
import { isoSchema, paging } from './answers';
import { contactParams, noContact } from './contacts';
import { decisionSchema, decisionViewOf } from './decision-view';
import { eventSchema, eventViewOf } from './event-views';
import { operation } from './operation';
import { json } from './reply';

const lineSchema = z.object({
  at: isoSchema,
  event: eventSchema.optional(),
  decision: decisionSchema.optional(),
});

export const getContactTimeline = operation({
  summary: 'The latest events of a contact and decisions about it, latest first',
  description:
    'Those of contacts that were merged into it are among them, and the merges. An erased contact is found by our id: what ' +
    'happened and why is kept without what was personal.',
  params: contactParams,
  query: z.strictObject({ limit: paging.limit }),
  answers: {
    200: {
      description: 'Each line is an event or a decision',
      schema: z.object({ data: z.array(lineSchema) }),
    },
  },
  handle: async ({ params, query, workspace }, deps) => {
    const { store } = deps;
    const ids = await idsNamed(deps, workspace.id, params.ref);
    if (!ids) return noContact(params.ref);
    const { limit } = query;
    const [events, decisions] = await Promise.all([
      store.events.ofContact(workspace.id, ids, { limit }),
      store.decisions.ofContact(workspace.id, ids, { limit }),
    ]);
    const lines = [...events.map(eventLineOf), ...decisions.data.map(decisionLineOf)];
    return json(200, { data: lines.toSorted(latestFirst).slice(0, limit) });
  },
});

function eventLineOf(event: RecordedEvent) {
  const view = eventViewOf(event);
  return { at: view.receivedAt, event: view };
}

function decisionLineOf(decision: Decision) {
  const view = decisionViewOf(decision);
  return { at: view.at, decision: view };
}

/** ISO 8601 in UTC sorts as it reads. */
function latestFirst(a: Readonly<{ at: string }>, b: Readonly<{ at: string }>): number {
  return b.at.localeCompare(a.at);
}

import { z } from 'zod';
import { idsNamed } from '../../operations/contacts/change-contact';
import type { TimelineLine } from '../../store/timeline';
import { isoOf, isoSchema, pageRequestOf, pageSchema, paging } from '../http/answers';
import { contactParams, noContact } from './contacts';
import { decisionSchema, decisionViewOf } from '../decisions/decision-view';
import { eventSchema, eventViewOf } from '../events/event-views';
import { operation } from '../http/operation';
import { json } from '../http/reply';

const lineSchema = z.object({
  at: isoSchema,
  event: eventSchema.optional(),
  decision: decisionSchema.optional(),
});

export const getContactTimeline = operation({
  summary: 'The events of a contact and the decisions about it, latest first',
  description:
    'Those of contacts that were merged into it are among them, and the merges. An erased contact is found by our id: what ' +
    'happened and why is kept without what was personal.',
  params: contactParams,
  query: z.strictObject(paging),
  answers: {
    200: { description: 'Each line is an event or a decision', schema: pageSchema(lineSchema) },
  },
  refuses: ['not-found', 'unprocessable'],
  handle: async ({ params, query, workspace }, deps) => {
    const ids = await idsNamed(deps, workspace.id, params.ref);
    if (!ids) return noContact(params.ref);
    const { timeline } = deps.store;
    const { data, ...rest } = await timeline.ofContact(workspace.id, ids, pageRequestOf(query));
    return json(200, { data: data.map(lineOf), ...rest });
  },
});

function lineOf(line: TimelineLine) {
  const at = isoOf(line.at);
  return 'event' in line
    ? { at, event: eventViewOf(line.event) }
    : { at, decision: decisionViewOf(line.decision) };
}

import { z } from 'zod';
import { channels, purposes } from '../../core/channels';
import type { ConsentLine } from '../../core/contacts/consents/consent-line';
import { idsNamed } from '../../operations/contacts/change-contact';
import { isoOf, isoSchema, pageRequestOf, pageSchema, paging } from '../http/answers';
import { operation } from '../http/operation';
import { json } from '../http/reply';
import { contactParams, noContact } from './contacts';

export const consentLineSchema = z
  .object({
    contact: z.string().meta({ description: 'The id that the contact had then' }),
    purpose: z.enum(purposes),
    channel: z.enum(channels),
    given: z
      .boolean()
      .nullable()
      .meta({ description: 'Null where a given consent was taken away: no word stands' }),
    at: isoSchema.meta({ description: 'When the person said it' }),
    recordedAt: isoSchema,
    source: z.string().meta({
      description:
        '`api`, `link`, `preference-page`, `double-opt-in`, `inbound`, `merge`, or `connector:` and its kind',
    }),
    basis: z.literal('soft-opt-in').optional(),
    textVersion: z.string().optional(),
    evidence: z.record(z.string(), z.string()).optional(),
  })
  .meta({ id: 'ConsentLine' });

export const getContactConsents = operation({
  summary: 'Each change of a consent of a contact, latest first',
  description:
    'One line for each change of the word that counts on a purpose and channel, with the way by which it came, and what was ' +
    'stated with it. Lines of contacts that were merged into it are among them. A line is never changed; an erasure takes its ' +
    'evidence away. An erased contact is found by our id.',
  params: contactParams,
  query: z.strictObject(paging),
  answers: { 200: { description: 'The consent ledger', schema: pageSchema(consentLineSchema) } },
  refuses: ['not-found', 'unprocessable'],
  handle: async ({ params, query, workspace }, deps) => {
    const { contacts, consents } = deps.store;
    const ids = await idsNamed(deps, workspace.id, params.ref);
    const [id] = ids ?? [];
    if (!ids || id === undefined) return noContact(params.ref);
    await contacts.recordOwed(workspace.id, id);
    const { data, ...rest } = await consents.ofContact(workspace.id, ids, pageRequestOf(query));
    return json(200, { data: data.map(consentLineViewOf), ...rest });
  },
});

export function consentLineViewOf({ id: _id, workspace: _workspace, ...line }: ConsentLine) {
  return { ...line, at: isoOf(line.at), recordedAt: isoOf(line.recordedAt) };
}

import { z } from 'zod';
import { contactChangeOf } from '../../connectors/contact-change';
import { channels, purposes } from '../../core/channels';
import type { Consents, Contact } from '../../core/contacts/contact';
import { contactChangeInput, personId } from '../../core/contacts/contact.schema';
import { contactId, type WorkspaceId } from '../../core/ids';
import { optional, walkedJsonObject } from '../../core/json/json.schema';
import { visiblePattern } from '../../core/json/pattern';
import { changeContact, contactNamed } from '../../operations/contacts/change-contact';
import { eraseContact } from '../../operations/contacts/erase-contact';
import type { ApiDependencies } from '../dependencies';
import { personal } from '../http/access/personal';
import { isoOf, isoSchema, objectSchema } from '../http/answers';
import { operation } from '../http/operation';
import { json, refusal, type Reply } from '../http/reply';

const ref = { description: 'Your userId, or our id of the contact' };
export const contactParams = z.strictObject({
  ref: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ ...ref, pattern: visiblePattern }),
});

const consentSchema = z.object({
  given: z.boolean(),
  at: isoSchema,
  basis: z.literal('soft-opt-in').optional(),
});
export const contactSchema = z
  .object({
    id: z.string(),
    userId: z.string().optional(),
    anonymousIds: z.array(z.string()),
    externalIds: z.array(z.object({ type: z.string(), id: z.string() })),
    email: z.string().optional(),
    phone: z.string().optional(),
    locale: z.string().optional(),
    timeZone: z.string().optional(),
    traits: objectSchema,
    tags: z.array(z.string()),
    consents: z.partialRecord(z.enum(purposes), z.partialRecord(z.enum(channels), consentSchema)),
    aliases: z
      .array(z.string())
      .meta({ description: 'Ids of contacts that were merged into this one; they lead here' }),
    createdAt: isoSchema,
    updatedAt: isoSchema,
    links: z.object({ self: z.string(), timeline: z.string() }),
  })
  .meta({ id: 'Contact' });

const changedSchema = contactSchema
  .partial()
  .required({ id: true, links: true })
  .meta({ id: 'ChangedContact', description: `All but id and links: ${personal.toLowerCase()}` });

export const putContact = operation({
  summary: 'Create or change a contact',
  description:
    'Fields that are absent stay as they are, and null takes a value away; traits are merged by key. Of two consents for a ' +
    'purpose and channel the newer counts, and none is newer than its receipt. A consent after a withdrawal says when it was ' +
    'given: `{ "given": true, "at": "…" }`; `true` alone counts only where nothing is stored.',
  params: z.strictObject({ ref: personId.meta(ref) }),
  body: contactChangeInput.extend({ traits: optional(walkedJsonObject) }),
  answers: {
    200: { description: 'The contact as it is now', schema: changedSchema },
    201: { description: 'A new contact with this userId', schema: changedSchema },
  },
  refuses: ['not-found', 'conflict', 'unprocessable'],
  handle: async ({ params, body, workspace, may }, deps) => {
    const { store, clock } = deps;
    const { ref } = params;
    const now = clock.now();
    const known = await contactNamed({ store }, workspace.id, ref);
    if (!known && (await isOurs(store, workspace.id, ref))) return noContact(ref);
    const contact = await changeContact({ ...deps, now }, workspace.id, {
      contact: known ? { id: known.id } : { userId: ref },
      change: contactChangeOf(body, {
        madeAt: now,
        receivedAt: clock.realNow(),
        engineTimeOf: clock.engineTimeOf,
      }),
    });
    const status = known ? 200 : 201;
    const { id, links, ...rest } = contactViewOf(contact);
    return json(status, may('contacts:read') ? { id, ...rest, links } : { id, links });
  },
});

export const getContact = operation({
  summary: 'A contact',
  params: contactParams,
  answers: { 200: { description: 'The contact', schema: contactSchema } },
  refuses: ['not-found'],
  handle: async ({ params, workspace }, deps) => {
    const contact = await contactNamed(deps, workspace.id, params.ref);
    return contact ? json(200, contactViewOf(contact)) : noContact(params.ref);
  },
});

export const deleteContact = operation({
  audited: true,
  summary: 'Erase a contact',
  description:
    'Its open enrollments end as `erased`; what is personal goes from contacts, events, enrollments and decisions, and its ' +
    'workflow histories are deleted as soon as they have closed. Suppressed addresses stay as digests. The next event of the ' +
    'same person makes a new contact. A repeat changes nothing.',
  params: contactParams,
  answers: {
    202: {
      description: 'Nobody can be found by it any more; the rest follows',
      schema: z.object({ id: z.string(), links: z.object({ timeline: z.string() }) }),
    },
  },
  refuses: ['not-found'],
  handle: async ({ params, workspace }, { store, intake }) => {
    const id = await eraseContact({ store, intake }, workspace.id, params.ref);
    if (id === undefined) return noContact(params.ref);
    return json(202, { id, links: { timeline: `/v1/contacts/${id}/timeline` } });
  },
});

export function noContact(ref: string): Reply {
  return refusal(
    'not-found',
    `There is no contact "${ref}"; create it by PUT /v1/contacts/{userId}.`,
  );
}

/** Our id of a contact that was erased is nobody's userId. */
async function isOurs(
  { contacts }: ApiDependencies['store'],
  workspace: WorkspaceId,
  ref: string,
): Promise<boolean> {
  return (await contacts.person(workspace, contactId(ref))) !== undefined;
}

export function contactViewOf({
  consents,
  aliases = [],
  createdAt,
  updatedAt,
  ...contact
}: Contact) {
  const self = `/v1/contacts/${contact.id}`;
  return {
    ...contact,
    aliases,
    consents: consentsViewOf(consents),
    createdAt: isoOf(createdAt),
    updatedAt: isoOf(updatedAt),
    links: { self, timeline: `${self}/timeline` },
  };
}

function consentsViewOf(consents: Consents) {
  const purposesGiven = Object.entries(consents).map(([purpose, byChannel]) => [
    purpose,
    Object.fromEntries(
      Object.entries(byChannel).map(([channel, word]) => [
        channel,
        { ...word, at: isoOf(word.at) },
      ]),
    ),
  ]);
  return Object.fromEntries(purposesGiven) as unknown;
}

import { z } from 'zod';
import { parseStoredTemplate } from '../../channels/templates/stored-template';
import { preview } from '../../channels/templates/preview';
import type { Content } from '../../channels/templates/template';
import { contactFactsOf, type Contact } from '../../core/contacts/contact';
import type { Fault } from '../../core/domain-error';
import { templateId } from '../../core/ids';
import type { JsonObject } from '../../core/json/json';
import type { Workspace } from '../../core/workspaces/workspace';
import { contactNamed } from '../../operations/contacts/change-contact';
import { putTemplate as put } from '../../operations/templates/put-template';
import type { TemplateRecord } from '../../store/templates';
import { isoOf, isoSchema, objectSchema, pageSchema } from '../http/answers';
import { noContact } from '../contacts/contacts';
import { operation } from '../http/operation';
import { json, refusal, type Reply } from '../http/reply';

const identifier = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/, {
  error: 'is not 1 to 100 of letters, digits, ".", "_" and "-"',
});
const templateParams = z.strictObject({ templateId: identifier });
const source = z.string().max(256 * 1024);
const contentSchema = z
  .strictObject({
    subject: z.string().min(1).max(1_000),
    text: source.optional(),
    mjml: source.optional(),
    html: source.optional(),
  })
  .refine(({ mjml, html }) => (mjml === undefined) !== (html === undefined), {
    error: 'is not one body; give either "mjml" or "html"',
  });
const templateInput = z
  .strictObject({
    id: identifier.optional().meta({ description: 'By default the one of the path' }),
    channel: z.literal('email'),
    defaultLocale: z.string().max(35),
    locales: z.record(z.string().max(35), contentSchema).meta({
      description: 'Liquid, by BCP 47 tag; without `text` the text part is derived from the HTML',
    }),
  })
  .meta({ id: 'TemplateInput' });
const summarySchema = z
  .object({
    id: z.string(),
    version: z.int(),
    channel: z.literal('email'),
    defaultLocale: z.string(),
    locales: z.array(z.string()),
    variables: z.array(z.string()).meta({ description: 'The facts it reads' }),
    hasUnsubscribe: z.boolean().meta({ description: 'Whether marketing may be sent by it' }),
    updatedAt: isoSchema,
    links: z.object({ self: z.string(), preview: z.string() }),
  })
  .meta({ id: 'Template' });
const previewSchema = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  size: z.int().meta({ description: 'Bytes of the HTML; Gmail cuts off at about 102 KB' }),
  links: z.array(z.string()),
  missing: z.array(z.string()).meta({ description: 'Facts it reads and was not given' }),
});

export const putTemplate = operation({
  summary: 'Create or replace a template',
  description: 'Checked and compiled here; the same content again is the same version.',
  params: templateParams,
  body: templateInput,
  answers: {
    200: { description: 'It has this content already', schema: summarySchema },
    201: { description: 'A new version', schema: summarySchema },
  },
  handle: async ({ params, body, workspace }, { store, clock }) => {
    const { id = params.templateId, channel, defaultLocale } = body;
    if (id !== params.templateId) return faulty(id, [misnamed(id, params.templateId)]);
    const locales = Object.fromEntries(
      Object.entries(body.locales).map(([locale, content]) => [locale, contentOf(content)]),
    );
    const template = { id: templateId(id), channel, defaultLocale, locales };
    const stored = await put({ store, now: clock.now() }, workspace.id, template);
    if (stored.kind === 'faulty') return faulty(id, stored.faults);
    const now = await store.templates.find(workspace.id, template.id);
    return now ? json(stored.created ? 201 : 200, summaryOf(now)) : noTemplate(id);
  },
});

export const listTemplates = operation({
  summary: 'The templates of the workspace, by id',
  answers: { 200: { description: 'All of them', schema: pageSchema(summarySchema) } },
  handle: async ({ workspace }, { store }) => {
    const templates = await store.templates.list(workspace.id);
    return json(200, { data: templates.map(summaryOf) });
  },
});

export const getTemplate = operation({
  summary: 'A template, as it was written',
  params: templateParams,
  answers: {
    200: { description: 'The template', schema: summarySchema.extend({ source: objectSchema }) },
  },
  handle: async ({ params, workspace }, { store }) => {
    const found = await store.templates.find(workspace.id, templateId(params.templateId));
    if (!found) return noTemplate(params.templateId);
    return json(200, { ...summaryOf(found), source: found.source });
  },
});

export const previewTemplate = operation({
  summary: 'A message as it would go out',
  description: 'With the facts of a stored contact, or with sample facts; nothing is sent.',
  params: templateParams,
  body: z.strictObject({
    contact: z.string().max(200).optional().meta({ description: 'Your userId, or our id' }),
    facts: z
      .strictObject({ contact: objectSchema.optional(), entry: objectSchema.optional() })
      .optional(),
    locale: z.string().max(35).optional(),
  }),
  answers: { 200: { description: 'The message', schema: previewSchema } },
  handle: async ({ params, body, workspace }, deps) => {
    const found = await deps.store.templates.find(workspace.id, templateId(params.templateId));
    if (!found) return noTemplate(params.templateId);
    const contact = body.contact ? await contactNamed(deps, workspace.id, body.contact) : undefined;
    if (body.contact !== undefined && !contact) return noContact(body.contact);
    const facts = {
      contact: contact ? contactFactsOf(contact) : jsonOf(body.facts?.contact),
      entry: jsonOf(body.facts?.entry),
      workspace,
      links: { unsubscribe: 'https://example.com/unsubscribe' },
    };
    const locale = body.locale ?? localeOf(contact, workspace);
    return json(200, preview(parseStoredTemplate(found.compiled), facts, locale));
  },
});

function localeOf(contact: Contact | undefined, workspace: Workspace): string {
  return contact?.locale ?? workspace.locale;
}

type ContentInput = z.output<typeof contentSchema>;

function contentOf({ subject, text, mjml, html }: ContentInput): Content {
  const common = { subject, ...(text !== undefined && { text }) };
  return mjml === undefined ? { ...common, html: html ?? '' } : { ...common, mjml };
}

/** Whatever came in as JSON is JSON. */
function jsonOf(facts: Readonly<Record<string, unknown>> = {}): JsonObject {
  return facts as JsonObject;
}

function summaryOf({ id, version, compiled, updatedAt }: TemplateRecord) {
  const { channel, defaultLocale, locales, variables, hasUnsubscribe } =
    parseStoredTemplate(compiled);
  const self = `/v1/templates/${id}`;
  return {
    id,
    version,
    channel,
    defaultLocale,
    locales: Object.keys(locales),
    variables,
    hasUnsubscribe,
    updatedAt: isoOf(updatedAt),
    links: { self, preview: `${self}/preview` },
  };
}

function noTemplate(id: string): Reply {
  return refusal(
    'not-found',
    `There is no template "${id}"; create it by PUT /v1/templates/${id}.`,
  );
}

function misnamed(id: string, wanted: string): Fault {
  const detail = `The template calls itself "${id}", the path calls it "${wanted}"; use one id`;
  return { pointer: '/id', code: 'other-id', detail };
}

function faulty(id: string, faults: readonly Fault[]): Reply {
  return refusal('unprocessable', `Template "${id}" cannot be used; see errors.`, faults);
}

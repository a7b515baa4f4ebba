import { z } from 'zod';
import {
  parseCompiledTemplate,
  previewSchema,
  templateIdSchema,
  templateInputSchema,
} from '../../channels/templates/template.schema';
import { channels } from '../../core/channels';
import { contactFactsOf, type Contact } from '../../core/contacts/contact';
import type { Fault } from '../../core/domain-error';
import { templateId } from '../../core/ids';
import type { JsonObject } from '../../core/json/json';
import { walkedJsonObject } from '../../core/json/json.schema';
import type { Workspace } from '../../core/workspaces/workspace';
import { contactNamed } from '../../operations/contacts/change-contact';
import { putTemplate as put } from '../../operations/templates/put-template';
import type { TemplateRecord } from '../../store/templates';
import { lacking } from '../http/access/personal';
import { isoOf, isoSchema, objectSchema, pageRequestOf, pageSchema, paging } from '../http/answers';
import { noContact } from '../contacts/contacts';
import { operation } from '../http/operation';
import { patient } from './patient';
import { json, problem, refusal, type Reply } from '../http/reply';

const templateParams = z.strictObject({ templateId: templateIdSchema });
const summarySchema = z
  .object({
    id: z.string(),
    version: z.int(),
    channel: z.enum(channels),
    defaultLocale: z.string(),
    locales: z.array(z.string()),
    variables: z.array(z.string()).meta({ description: 'The facts it reads' }),
    hasUnsubscribe: z.boolean().meta({
      description: 'Whether it prints links.unsubscribe whatever the facts are, as marketing must',
    }),
    updatedAt: isoSchema,
    links: z.object({ self: z.string(), preview: z.string() }),
  })
  .meta({ id: 'Template' });
export const putTemplate = operation({
  summary: 'Create or replace a template',
  description:
    'Checked and compiled here; the same content again is the same version. Print names with the filter `as_name`, amounts with `money`. Links without protocol and host, or other than http, https, mailto and tel, are left out of what is sent, and where the workspace names `linkDomains`, those that lead to other hosts. MJML has at most 131,072 characters, 4,000 lines, 3,000 tags and 100 attributes in a tag; a language that takes more than 10 seconds to compile is refused as `template-too-costly`.',
  params: templateParams,
  body: templateInputSchema,
  answers: {
    200: { description: 'It has this content already', schema: summarySchema },
    201: { description: 'A new version', schema: summarySchema },
  },
  refuses: ['not-found', 'conflict', 'unprocessable'],
  handle: async ({ params, body, workspace, progressed }, { store, clock, ...deps }) => {
    const rendererOf = patient(deps.rendererOf, progressed);
    const { id = params.templateId } = body;
    if (id !== params.templateId) return faulty(id, [misnamed(id, params.templateId)]);
    const template = { ...body, id: templateId(id) };
    const stored = await put({ store, rendererOf, now: clock.now() }, workspace.id, template);
    if (stored.kind === 'faulty') return faulty(id, stored.faults);
    const now = await store.templates.find(workspace.id, template.id);
    return now ? json(stored.created ? 201 : 200, summaryOf(now)) : noTemplate(id);
  },
});

export const listTemplates = operation({
  summary: 'The templates of the workspace, by id',
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page', schema: pageSchema(summarySchema) } },
  refuses: ['unprocessable'],
  handle: async ({ query, workspace }, { store }) => {
    const page = await store.templates.list(workspace.id, pageRequestOf(query));
    return json(200, { ...page, data: page.data.map(summaryOf) });
  },
});

export const getTemplate = operation({
  summary: 'A template, as it was written',
  params: templateParams,
  answers: {
    200: { description: 'The template', schema: summarySchema.extend({ source: objectSchema }) },
  },
  refuses: ['not-found'],
  handle: async ({ params, workspace }, { store }) => {
    const found = await store.templates.find(workspace.id, templateId(params.templateId));
    if (!found) return noTemplate(params.templateId);
    return json(200, { ...summaryOf(found), source: found.source });
  },
});

export const previewTemplate = operation({
  summary: 'A message as it would go out',
  description:
    'With the facts of a stored contact, which needs the scope `contacts:read`, or with sample facts; nothing is sent.',
  params: templateParams,
  body: z.strictObject({
    contact: z.string().trim().max(200).optional().meta({ description: 'Your userId, or our id' }),
    facts: z
      .strictObject({ contact: walkedJsonObject.optional(), entry: walkedJsonObject.optional() })
      .optional(),
    locale: z.string().max(35).optional(),
  }),
  answers: { 200: { description: 'The message', schema: previewSchema } },
  refuses: ['not-found', 'unprocessable'],
  handle: async ({ params, body, workspace, may, progressed }, deps) => {
    if (body.contact !== undefined && !may('contacts:read'))
      return problem(lacking('contacts:read'));
    const found = await deps.store.templates.find(workspace.id, templateId(params.templateId));
    if (!found) return noTemplate(params.templateId);
    const contact = body.contact ? await contactNamed(deps, workspace.id, body.contact) : undefined;
    if (body.contact !== undefined && !contact) return noContact(body.contact);
    const links = { unsubscribe: deps.links.sampleUrl };
    const facts = { ...sampleFacts(body.facts ?? {}, contact, workspace), links };
    const locale = body.locale ?? localeOf(contact, workspace);
    const template = parseCompiledTemplate(found.compiled);
    return json(
      200,
      await patient(deps.rendererOf, progressed)(workspace.id).preview(template, facts, locale),
    );
  },
});

type GivenFacts = Readonly<{ contact?: JsonObject | undefined; entry?: JsonObject | undefined }>;

/** A stored contact comes before facts that are given. */
function sampleFacts(given: GivenFacts, contact: Contact | undefined, workspace: Workspace) {
  return {
    contact: contact ? contactFactsOf(contact) : (given.contact ?? {}),
    entry: given.entry ?? {},
    workspace,
    ...(workspace.linkDomains && { linkDomains: workspace.linkDomains }),
  };
}

function localeOf(contact: Contact | undefined, workspace: Workspace): string {
  return contact?.locale ?? workspace.locale;
}

function summaryOf({ id, version, compiled, updatedAt }: TemplateRecord) {
  const { channel, defaultLocale, locales, variables, hasUnsubscribe } =
    parseCompiledTemplate(compiled);
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

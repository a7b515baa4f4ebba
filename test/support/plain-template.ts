import { compileContent } from '../../src/channels/templates/compile-content';
import { compileTemplate } from '../../src/channels/templates/compile-template';
import type { TemplateSource } from '../../src/channels/templates/template';
import { templateId, type TemplateId } from '../../src/core/ids';
import type { JsonObject } from '../../src/core/json/json';

/** A template whose subject is its id. */
export async function plainTemplate(
  id: string,
): Promise<Readonly<{ id: TemplateId; source: JsonObject; compiled: JsonObject }>> {
  const source = {
    id: templateId(id),
    channel: 'email',
    defaultLocale: 'en',
    locales: { en: { subject: id, html: '<p>{{ links.unsubscribe }}</p>' } },
  } satisfies TemplateSource;
  return compiled(source);
}

/** A template of text messages whose text is its id and the way out. */
export function smsTemplate(id: string): ReturnType<typeof plainTemplate> {
  return compiled({
    id: templateId(id),
    channel: 'sms',
    defaultLocale: 'en',
    locales: { en: { text: `${id} {{ links.unsubscribe }}` } },
  });
}

/** A template of WhatsApp whose approved text is its id, a name and the way out. */
export function whatsappTemplate(id: string): ReturnType<typeof plainTemplate> {
  const parameters = {
    1: '{{ contact.traits.firstName | default: "you" }}',
    2: '{{ links.unsubscribe }}',
  };
  const body = { text: `${id} for {{1}} {{2}}`, parameters };
  return compiled({
    id: templateId(id),
    channel: 'whatsapp',
    defaultLocale: 'en',
    locales: { en: { template: id, language: 'en_US', body } },
  });
}

async function compiled(source: TemplateSource): ReturnType<typeof plainTemplate> {
  const compilation = await compileTemplate(source, compileContent);
  if (compilation.kind === 'faulty') throw new Error(JSON.stringify(compilation.faults));
  const asJson = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
  return { id: source.id, source: asJson(source), compiled: asJson(compilation.template) };
}

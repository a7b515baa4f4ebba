import { templateId } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json/json';
import type { RenderFacts } from '../../../src/channels/templates/render';
import type { EmailSource } from '../../../src/channels/email/email-content';
import { compileContent } from '../../../src/channels/templates/compile-content';
import { compileTemplate } from '../../../src/channels/templates/compile-template';
import type { TemplateSource } from '../../../src/channels/templates/template';

export function templateOf(locales: Readonly<Record<string, EmailSource>>, defaultLocale = 'en') {
  const id = templateId('greeting');
  return { id, channel: 'email', defaultLocale, locales } satisfies TemplateSource;
}

export async function compiledOf(
  locales: Readonly<Record<string, EmailSource>>,
  defaultLocale = 'en',
) {
  const compilation = await compileTemplate(templateOf(locales, defaultLocale), compileContent);
  if (compilation.kind === 'faulty') throw new Error(JSON.stringify(compilation.faults));
  return compilation.template;
}

type Given = Readonly<{ contact?: JsonObject; properties?: JsonObject; zone?: string }>;

export function factsOf({ contact = {}, properties = {}, zone }: Given = {}): RenderFacts {
  return {
    contact: { email: 'giulia@example.com', traits: {}, ...contact },
    entry: { name: 'Cart Updated', occurredAt: Date.parse('2026-05-04T08:00:00Z'), properties },
    workspace: {
      name: 'Bottega',
      postalAddress: 'Via Roma 1, Torino',
      ...(zone !== undefined && { zone }),
    },
    links: { unsubscribe: 'https://shop.example/u/token' },
  };
}

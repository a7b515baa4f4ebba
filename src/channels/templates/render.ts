import type { ChannelName } from '../../core/channels';
import { DomainError } from '../../core/domain-error';
import type { Json, JsonObject } from '../../core/json/json';
import { UnfitMessage, type LinkRule } from '../channel';
import { channelModules, type ContentForms } from '../channels';
import { createLiquid, maxRenderedBytes, renderLimits, type Writing } from '../liquid/liquid';
import type { CompiledTemplate } from './template';

/**
 * The facts that a template may read. `contact` and `entry` are facts as conditions see them
 * (`contactFactsOf`, `occurrenceFactsOf`); `entry.occurredAt` is given in epoch milliseconds and
 * read as a date. `workspace.zone` serves contacts without a zone.
 */
export type RenderFacts = Readonly<{
  contact: JsonObject;
  entry: JsonObject;
  workspace: Readonly<{ name: string; postalAddress?: string; zone?: string }>;
  links: Readonly<{ unsubscribe?: string }>;
  /** The hosts that the message may lead to; absent: any. No template reads them. */
  linkDomains?: readonly string[];
}>;

/**
 * Renders in the language nearest to `locale`: `it-IT`, else `it`, else the template's default. The
 * same facts give the same message. Missing facts print nothing. Throws `invalid` where the result
 * or the work for it exceeds its limits.
 */
export function render<Name extends ChannelName>(
  template: CompiledTemplate<Name>,
  facts: RenderFacts,
  locale?: string,
): ContentForms[Name]['rendered'] {
  const { content, writing } = contentFor(template, facts, locale);
  const scope = scopeOf(facts);
  const fill = (source: string, output: 'html' | 'text') => {
    const liquid = createLiquid(writing, output);
    return String(liquid.renderSync(liquid.parse(source), scope, renderLimits));
  };
  const rendered = within(template, () =>
    channelModules[template.channel].render(content, fill, linkRuleOf(facts)),
  );

  const bytes = Math.max(...Object.values(rendered).map(bytesOf));
  if (bytes > maxRenderedBytes)
    throw tooMuch(template, `its result has ${bytes} bytes, more than ${maxRenderedBytes}`);
  return rendered;
}

function contentFor<Name extends ChannelName>(
  { locales, defaultLocale }: CompiledTemplate<Name>,
  { contact, workspace }: RenderFacts,
  wanted = '',
): { content: ContentForms[Name]['compiled']; writing: Writing } {
  const asked = wanted.replaceAll('_', '-').toLowerCase();
  const match = Object.keys(locales)
    .filter((key) => asked === key.toLowerCase() || asked.startsWith(`${key.toLowerCase()}-`))
    .sort((a, b) => b.length - a.length)[0];
  const content = locales[match ?? defaultLocale];
  if (!content)
    throw new DomainError(
      'invalid',
      `A template has no content for its default language "${defaultLocale}".`,
    );

  const zone = typeof contact['timeZone'] === 'string' ? contact['timeZone'] : workspace.zone;
  return {
    content,
    writing: { locale: match ? asked : defaultLocale, ...(zone !== undefined && { zone }) },
  };
}

function scopeOf({ contact, entry, workspace, links }: RenderFacts): object {
  const { occurredAt } = entry;
  const written =
    typeof occurredAt === 'number' ? { occurredAt: new Date(occurredAt).toISOString() } : {};
  return { contact, entry: { ...entry, ...written }, workspace, links };
}

function linkRuleOf({ links, linkDomains: domains }: RenderFacts): LinkRule | undefined {
  const { unsubscribe: unsubscribeUrl } = links;
  return domains && { domains, ...(unsubscribeUrl !== undefined && { unsubscribeUrl }) };
}

function bytesOf(part: Json): number {
  return Buffer.byteLength(typeof part === 'string' ? part : JSON.stringify(part));
}

type Named = Pick<CompiledTemplate, 'id'>;

function within<Rendered>(template: Named, work: () => Rendered): Rendered {
  try {
    return work();
  } catch (error) {
    throw tooMuch(template, reasonOf(error));
  }
}

/** A filter may quote the fact that it fails on. So limits and places alone are told of it. */
function reasonOf(error: unknown): string {
  if (error instanceof UnfitMessage) return error.message;
  const text = error instanceof Error ? error.message : '';
  const [limit = 'a filter or tag cannot use one of them'] =
    /^[a-z ]*limit exceeded/.exec(text) ?? [];
  const [place] = /, line:\d+, col:\d+$/.exec(text) ?? [''];
  return `${limit}${place}`;
}

function tooMuch({ id }: Named, reason: string): DomainError {
  return new DomainError(
    'invalid',
    `Template "${id}" cannot be rendered with these facts: ${reason}.`,
  );
}

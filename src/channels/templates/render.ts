import { convert } from 'html-to-text';
import { DomainError } from '../../core/domain-error';
import type { JsonObject } from '../../core/json/json';
import { createLiquid, renderLimits, type Writing } from './liquid';
import type { CompiledTemplate } from './template';
import type { CompiledContent } from './template-content';

/**
 * What a template may read. `contact` and `entry` are facts as conditions see them (`contactFactsOf`, `occurrenceFactsOf`);
 * `entry.occurredAt` is given in epoch milliseconds and read as a date. `workspace.zone` serves contacts without one.
 */
export type RenderFacts = Readonly<{
  contact: JsonObject;
  entry: JsonObject;
  workspace: Readonly<{ name: string; postalAddress?: string; zone?: string }>;
  links: Readonly<{ unsubscribe?: string }>;
}>;

export type Rendered = Readonly<{ subject: string; html: string; text: string }>;

export const maxRenderedBytes = 256 * 1024;

/**
 * The message in the language nearest to `locale`: `it-IT`, else `it`, else the template's default. The same facts give the
 * same message. Missing facts print nothing. Throws `invalid` where the result or the work for it exceeds its limits.
 */
export function render(template: CompiledTemplate, facts: RenderFacts, locale?: string): Rendered {
  const { content, writing } = contentFor(template, facts, locale);
  const scope = scopeOf(facts);
  const fill = (source: string, output: 'html' | 'text') => {
    const liquid = createLiquid(writing, output);
    return String(liquid.renderSync(liquid.parse(source), scope, renderLimits));
  };
  const rendered = within(template, () => {
    const html = fill(content.html, 'html');
    const text = content.text === undefined ? textOf(html) : fill(content.text, 'text');
    return { subject: oneLine(fill(content.subject, 'text')), html, text };
  });

  const bytes = Math.max(Buffer.byteLength(rendered.html), Buffer.byteLength(rendered.text));
  if (bytes > maxRenderedBytes)
    throw tooMuch(template, `its result has ${bytes} bytes, more than ${maxRenderedBytes}`);
  return rendered;
}

function contentFor(
  { locales, defaultLocale }: CompiledTemplate,
  { contact, workspace }: RenderFacts,
  wanted = '',
): { content: CompiledContent; writing: Writing } {
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

function within(template: CompiledTemplate, work: () => Rendered): Rendered {
  try {
    return work();
  } catch (error) {
    throw tooMuch(template, error instanceof Error ? error.message : String(error));
  }
}

function tooMuch({ id }: CompiledTemplate, reason: string): DomainError {
  return new DomainError(
    'invalid',
    `Template "${id}" cannot be rendered with these facts: ${reason}.`,
  );
}

/** No-break spaces stay: they hold amounts together. */
function oneLine(text: string): string {
  return text.replace(/[^\S\u00a0\u202f]+/g, ' ').trim();
}

function textOf(html: string): string {
  return convert(html, {
    wordwrap: 78,
    limits: { maxInputLength: maxRenderedBytes, maxDepth: 200 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'div[style*="display:none"]', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
      { selector: 'table.items', format: 'dataTable' },
      ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
}

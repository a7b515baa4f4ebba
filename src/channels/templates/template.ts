import type { Fault } from '../../core/domain-error';
import type { TemplateId } from '../../core/ids';
import { isLocale } from './liquid';
import { compileContent, type CompiledContent } from './template-content';

/** A message in one or several languages; `locales` is keyed by BCP 47 tag and holds `defaultLocale`. */
export type TemplateSource = Readonly<{
  id: TemplateId;
  channel: 'email';
  defaultLocale: string;
  locales: Readonly<Record<string, Content>>;
}>;

/** Liquid in every field. Without `text` the text part is derived from the HTML. */
export type Content = Readonly<{ subject: string; text?: string }> &
  (Readonly<{ mjml: string }> | Readonly<{ html: string }>);

/** Plain JSON, ready to be stored and rendered: MJML is HTML by now, all Liquid is known to parse. */
export type CompiledTemplate = Readonly<{
  id: TemplateId;
  channel: 'email';
  defaultLocale: string;
  locales: Readonly<Record<string, CompiledContent>>;
  /** Every path the template reads, such as `entry.properties.cart_url`. */
  variables: readonly string[];
  /** True where every part of every language holds `links.unsubscribe`; a marketing send requires it. */
  hasUnsubscribe: boolean;
}>;

export type Compilation =
  | Readonly<{ kind: 'compiled'; template: CompiledTemplate }>
  | Readonly<{ kind: 'faulty'; faults: readonly Fault[] }>;

/** Checks and compiles a template at its publication, so that nothing about it can fail at a send but its facts. */
export async function compileTemplate(source: TemplateSource): Promise<Compilation> {
  const contents = await Promise.all(
    Object.entries(source.locales).map(async ([locale, content]) => ({
      locale,
      ...(await compileContent(content, `/locales/${pointerToken(locale)}`)),
    })),
  );
  const faults = [...localeFaults(source), ...contents.flatMap((content) => content.faults)];
  if (faults.length > 0) return { kind: 'faulty', faults };

  const { id, channel, defaultLocale } = source;
  const template: CompiledTemplate = {
    id,
    channel,
    defaultLocale,
    locales: Object.fromEntries(contents.map(({ locale, compiled }) => [locale, compiled])),
    variables: [...new Set(contents.flatMap(({ variables }) => variables))].sort(),
    hasUnsubscribe: contents.every(({ hasUnsubscribe }) => hasUnsubscribe),
  };
  return { kind: 'compiled', template };
}

function localeFaults({ locales, defaultLocale }: TemplateSource): Fault[] {
  const unknown = Object.keys(locales)
    .filter((locale) => !isLocale(locale))
    .map((locale) => ({
      pointer: `/locales/${pointerToken(locale)}`,
      code: 'unknown-locale',
      detail: `"${locale}" is not a language tag: write one of BCP 47, such as "it" or "it-IT".`,
    }));
  if (Object.hasOwn(locales, defaultLocale)) return unknown;
  const detail = `The template has no content for "${defaultLocale}": add it to "locales" or name another default.`;
  return [...unknown, { pointer: '/defaultLocale', code: 'missing-locale', detail }];
}

function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

import type { ChannelName } from '../../core/channels';
import type { Fault } from '../../core/domain-error';
import type { CompiledContent } from '../channel';
import type { ContentForms } from '../channels';
import { isLocale } from '../liquid/liquid';
import type { CompiledTemplate, TemplateSource } from './template';

/** A compiled template, or the faults that its author has to mend. */
export type Compilation<Name extends ChannelName = ChannelName> =
  | Readonly<{ kind: 'compiled'; template: CompiledTemplate<Name> }>
  | Readonly<{ kind: 'faulty'; faults: readonly Fault[] }>;

/** The most languages of a template. */
export const maxLocales = 20;

/** The content of one language, and the JSON Pointer to it. */
export type ContentToCompile<Name extends ChannelName = ChannelName> = Readonly<{
  channel: Name;
  content: ContentForms[Name]['source'];
  pointer: string;
}>;

/** Checks and compiles the content of one language. */
export type CompileContent = <Name extends ChannelName>(
  given: ContentToCompile<Name>,
) => Promise<CompiledContent<ContentForms[Name]['compiled']>>;

/** Checks and compiles a template at publication. A send can then fail by its facts only. */
export async function compileTemplate<Name extends ChannelName>(
  source: TemplateSource<Name>,
  compileContent: CompileContent,
): Promise<Compilation<Name>> {
  const { channel } = source;
  const excess = localeExcessOf(source);
  if (excess) return { kind: 'faulty', faults: [excess] };
  const contents = await Promise.all(
    Object.entries(source.locales).map(async ([locale, content]) => ({
      locale,
      ...(await compileContent({
        channel,
        content,
        pointer: `/locales/${pointerToken(locale)}`,
      })),
    })),
  );
  const faults = [...localeFaults(source), ...contents.flatMap((content) => content.faults)];
  if (faults.length > 0) return { kind: 'faulty', faults };

  const { id, defaultLocale } = source;
  const template: CompiledTemplate<Name> = {
    id,
    channel,
    defaultLocale,
    locales: Object.fromEntries(contents.map(({ locale, compiled }) => [locale, compiled])),
    variables: [...new Set(contents.flatMap(({ variables }) => variables))].sort(),
    hasUnsubscribe: contents.every(({ hasUnsubscribe }) => hasUnsubscribe),
  };
  return { kind: 'compiled', template };
}

function localeExcessOf({ locales }: Pick<TemplateSource, 'locales'>): Fault | undefined {
  const { length } = Object.keys(locales);
  if (length <= maxLocales) return undefined;
  const detail = `The template has ${length} languages: the limit is ${maxLocales}.`;
  return { pointer: '/locales', code: 'too-many-locales', detail };
}

function localeFaults({
  locales,
  defaultLocale,
}: Pick<TemplateSource, 'locales' | 'defaultLocale'>): Fault[] {
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

import type { Liquid } from 'liquidjs';
import type { Fault } from '../../core/domain-error';
import { createLiquid, maxSourceLength } from './liquid';
import { htmlOfMjml } from './mjml';
import type { Content } from './template';

/** One language of a template, all of it Liquid. */
export type CompiledContent = Readonly<{ subject: string; html: string; text?: string }>;

type ContentCompilation = Readonly<{
  compiled: CompiledContent;
  variables: readonly string[];
  hasUnsubscribe: boolean;
  faults: readonly Fault[];
}>;

export async function compileContent(
  content: Content,
  pointer: string,
): Promise<ContentCompilation> {
  const liquid = createLiquid({ locale: 'en' }, 'html');
  const { subject, text } = content;
  const layout = 'mjml' in content ? 'mjml' : 'html';
  const source = 'mjml' in content ? content.mjml : content.html;

  const subjectRead = readLiquid(liquid, subject, `${pointer}/subject`);
  const textRead = readLiquid(liquid, text ?? '', `${pointer}/text`);
  const sourceRead = readLiquid(liquid, source, `${pointer}/${layout}`);
  const readable = [subjectRead, textRead, sourceRead];
  const faults = readable.flatMap((read) => read.faults);
  const made =
    layout === 'mjml' && sourceRead.faults.length === 0
      ? await htmlOfMjml(source, `${pointer}/mjml`)
      : { html: source, faults: [] };

  const bodies = text === undefined ? [sourceRead] : [sourceRead, textRead];
  return {
    compiled: { subject, html: made.html, ...(text !== undefined && { text }) },
    variables: readable.flatMap((read) => read.variables),
    hasUnsubscribe: bodies.every((read) => read.variables.includes('links.unsubscribe')),
    faults: [...faults, ...made.faults],
  };
}

type LiquidReading = Readonly<{ variables: readonly string[]; faults: readonly Fault[] }>;

function readLiquid(liquid: Liquid, source: string, pointer: string): LiquidReading {
  if (source.length > maxSourceLength) {
    const detail = `The source has ${source.length} characters: the limit is ${maxSourceLength}.`;
    return { variables: [], faults: [{ pointer, code: 'template-too-long', detail }] };
  }
  try {
    const variables = liquid.globalFullVariablesSync(liquid.parse(source));
    return {
      variables,
      faults: variables
        .filter((path) => !isKnown(path))
        .map((path) => unknownVariable(path, pointer)),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      variables: [],
      faults: [{ pointer, code: 'liquid-syntax', detail: `Liquid cannot read this: ${reason}` }],
    };
  }
}

const exact = new Set([
  'contact.email',
  'contact.locale',
  'contact.timeZone',
  'contact.userId',
  'entry.name',
  'entry.occurredAt',
  'workspace.name',
  'workspace.postalAddress',
  'links.unsubscribe',
]);
const open = /^(contact\.traits|entry\.properties)($|[.[])/;

function isKnown(path: string): boolean {
  return exact.has(path) || open.test(path);
}

function unknownVariable(path: string, pointer: string): Fault {
  const detail =
    `"${path}" is not known to templates: use contact.email, contact.locale, contact.timeZone, contact.userId, ` +
    'contact.traits.…, entry.name, entry.occurredAt, entry.properties.…, workspace.name, workspace.postalAddress or links.unsubscribe.';
  return { pointer, code: 'unknown-variable', detail };
}

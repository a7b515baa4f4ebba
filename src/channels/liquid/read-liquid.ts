import type { Liquid } from 'liquidjs';
import type { Fault } from '../../core/domain-error';
import { maxSourceLength, maxSourceParts } from './liquid';
import { allowedFilters, allowedTags } from './liquid-parts';

type LiquidReading = Readonly<{ variables: readonly string[]; faults: readonly Fault[] }>;

/** The paths that a Liquid source reads, and the faults it has. */
export function readLiquid(liquid: Liquid, source: string, pointer: string): LiquidReading {
  const excess = excessOf(source);
  if (excess) return { variables: [], faults: [{ pointer, ...excess }] };
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
    return { variables: [], faults: [{ pointer, ...faultOf(reason) }] };
  }
}

/** The time to read a source grows with its length times its parts. */
function excessOf(source: string): Omit<Fault, 'pointer'> | undefined {
  const code = 'template-too-long';
  if (source.length > maxSourceLength) {
    const detail = `The source has ${source.length} characters: the limit is ${maxSourceLength}.`;
    return { code, detail };
  }
  const parts = source.split(/\{[{%]/).length - 1;
  if (parts <= maxSourceParts) return undefined;
  const detail = `The source has ${parts} Liquid tags and outputs: the limit is ${maxSourceParts}.`;
  return { code, detail };
}

/** liquidjs tells by its words alone that a tag or filter is unknown. */
function faultOf(reason: string): Omit<Fault, 'pointer'> {
  const [, filter] = /undefined filter: ([^\s,]+)/.exec(reason) ?? [];
  const [, tag] = /tag "([^"]+)" not found/.exec(reason) ?? [];
  if (filter !== undefined)
    return unknownPart('filter', filter, { reason, allowed: [...allowedFilters.keys()].sort() });
  if (tag !== undefined) return unknownPart('tag', tag, { reason, allowed: allowedTags });
  return { code: 'liquid-syntax', detail: `Liquid cannot read this: ${reason}` };
}

type Known = Readonly<{ reason: string; allowed: readonly string[] }>;

function unknownPart(kind: 'filter' | 'tag', name: string, { reason, allowed }: Known) {
  const place = /line:\d+, col:\d+/.exec(reason)?.[0] ?? '';
  const detail = `Templates know no ${kind} "${name}" (${place}): use ${allowed.join(', ')}.`;
  return { code: `unknown-${kind}`, detail };
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

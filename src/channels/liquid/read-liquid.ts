import type { Liquid, Variable } from 'liquidjs';
import type { Fault } from '../../core/domain-error';
import { maxSourceLength, maxSourceParts } from './liquid';
import { allowedFilters, allowedTags } from './liquid-parts';

type LiquidReading = Readonly<{ variables: readonly string[]; faults: readonly Fault[] }>;

/** The paths that a Liquid source reads, and the faults it has. */
export function readLiquid(liquid: Liquid, source: string, pointer: string): LiquidReading {
  const excess = excessOf(source);
  if (excess) return { variables: [], faults: [{ pointer, ...excess }] };
  try {
    const { variables, doubtful, computed } = pathsIn(liquid, source);
    const unknown = [...variables, ...doubtful].filter((path) => !isKnown(path));
    const faults = [...unknown, ...computed].map((path) => unknownVariable(path, pointer));
    return { variables, faults };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { variables: [], faults: [{ pointer, ...faultOf(reason) }] };
  }
}

type Paths = Readonly<Record<'variables' | 'doubtful' | 'computed', readonly string[]>>;

/**
 * The paths of facts, in one spelling. `doubtful`: a tag gives the name of a fact another meaning,
 * and may not run. `computed`: a value in brackets begins the path, so that it could read any fact.
 */
function pathsIn(liquid: Liquid, source: string): Paths {
  const { globals, variables } = liquid.analyzeSync(liquid.parse(source));
  const all = Object.values(variables).flat();
  const doubtful = all.filter(({ segments: [root] }) => roots.has(root));
  const paths = textsOf(Object.values(globals).flat());
  return {
    variables: paths,
    doubtful: textsOf(doubtful).filter((path) => !paths.includes(path)),
    computed: textsOf(all.filter(isComputedIn(source))).map((path) => `[${path}]`),
  };
}

/** liquidjs reports a computed name by what computes it; its place alone tells. */
function isComputedIn(source: string): (variable: Variable) => boolean {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return ({ location: { row, col } }) =>
    /^\[\s*[^\s"']/.test(source.slice((starts[row - 1] ?? 0) + col - 1));
}

function textsOf(variables: readonly Variable[]): readonly string[] {
  return [...new Set(variables.map(String))];
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
const roots: ReadonlySet<unknown> = new Set(['contact', 'entry', 'workspace', 'links']);
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

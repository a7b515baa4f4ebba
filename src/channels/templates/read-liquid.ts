import type { Liquid } from 'liquidjs';
import type { Fault } from '../../core/domain-error';
import { maxSourceLength } from './liquid';

type LiquidReading = Readonly<{ variables: readonly string[]; faults: readonly Fault[] }>;

/** The paths that a Liquid source reads, and the faults it has. */
export function readLiquid(liquid: Liquid, source: string, pointer: string): LiquidReading {
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

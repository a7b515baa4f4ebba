import { channels, purposes } from '../channels';
import type { Comparison, Condition, Operator } from './condition';
import type { Fault } from '../domain-error';
import { reportKinds } from '../events/message-event';
import { segmentsOf } from './fact-path';
import { isFactOperand } from './holds';
import { instantOf } from '../time/instant-of';
import { isDecimal } from '../json/decimal';
import { isJsonArray, type Json } from '../json/json';
import { quoted } from '../quoted';

/** The first segment of a fact's path. */
export type FactRoot = 'event' | 'entry' | 'contact' | 'message';

/** The place of a condition in a journey, and the facts it may read there. */
export type ConditionPlace = Readonly<{
  pointer: string;
  /** As a message begins: `Step "ask"`. */
  subject: string;
  roots: readonly FactRoot[];
  /** The send steps that `message.<step>` may name. */
  sends: readonly string[];
}>;

/** Finds facts that a condition cannot read in its place, and operands that never fit. */
export function checkCondition(condition: Condition, place: ConditionPlace): readonly Fault[] {
  if ('all' in condition) return checkParts(condition.all, below(place, '/all'));
  if ('any' in condition) return checkParts(condition.any, below(place, '/any'));
  if ('fact' in condition) return checkComparison(condition, place);
  return checkCondition(condition.not, below(place, '/not'));
}

function checkParts(parts: readonly Condition[], place: ConditionPlace): readonly Fault[] {
  return parts.flatMap((part, index) => checkCondition(part, below(place, `/${index}`)));
}

function below(place: ConditionPlace, pointer: string): ConditionPlace {
  return { ...place, pointer: `${place.pointer}${pointer}` };
}

function checkComparison({ fact, is, to }: Comparison, place: ConditionPlace): readonly Fault[] {
  const operandFaults =
    is !== 'exists' && isFactOperand(to)
      ? checkFact(to.fact, below(place, '/to/fact'))
      : checkValue(is, to, below(place, '/to'));
  return [...checkFact(fact, below(place, '/fact')), ...operandFaults];
}

function checkFact(path: string, place: ConditionPlace): readonly Fault[] {
  const [root = '', ...below] = segmentsOf(path).map(({ name }) => name);
  const { pointer, subject, roots } = place;
  const readable = roots.find((known) => known === root);
  if (!readable) {
    const known = roots.map((known) => `${known}.*`).join(', ');
    const detail = `${subject} reads "${path}", which is not to be had here; read one of ${known}`;
    return [{ pointer, code: 'fact-not-allowed', detail }];
  }
  if (readable === 'message') return checkMessageFact(path, place);
  const fields = fieldsBelow[readable];
  const isSpelt = path.startsWith(`${root}.`) && !namesItemsOfOne(path);
  if (isSpelt && isKnown(fields, below)) return [];
  const names = quoted(Object.keys(fields).map((name) => `${readable}.${name}`));
  const detail = `${subject} reads "${path}", which never exists; begin it with one of ${names}`;
  return [{ pointer, code: 'unknown-fact', detail }];
}

/** True of a path to the items of what is no list, such as `contact.email[]`. */
function namesItemsOfOne(path: string): boolean {
  const [, field] = segmentsOf(path);
  const mayBeList = ['properties', 'traits', 'tags'].some((name) => name === field?.name);
  return !mayBeList && segmentsOf(path).some(({ isList }) => isList);
}

/** The lists of names that lead below a field. An open field leads anywhere. */
type Below = 'open' | readonly (readonly string[])[];

const occurrenceFields = { name: [], occurredAt: [], properties: 'open' } as const;

const fieldsBelow: Readonly<Record<Exclude<FactRoot, 'message'>, Readonly<Record<string, Below>>>> =
  {
    event: occurrenceFields,
    entry: occurrenceFields,
    contact: {
      ...{ id: [], userId: [], email: [], phone: [], locale: [], timeZone: [] },
      ...{ traits: 'open', tags: [], consents: [purposes, channels] },
    },
  };

function isKnown(
  fields: Readonly<Record<string, Below>>,
  [field = '', ...names]: readonly string[],
): boolean {
  const below = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (below === undefined || below === 'open') return below === 'open';
  return names.every((name, depth) => below[depth]?.includes(name) ?? false);
}

const messageFields = ['status', ...reportKinds] as const;

function checkMessageFact(
  path: string,
  { pointer, subject, sends }: ConditionPlace,
): readonly Fault[] {
  const [, step, ...fields] = segmentsOf(path).map(({ name }) => name);
  if (step !== undefined && fields.length > 0 && sends.includes(step)) {
    const known = messageFields.map((field) => `message.${step}.${field}`);
    if (known.includes(path)) return [];
    const detail = `${subject} reads "${path}", which nothing tells; read one of ${quoted(known)}`;
    return [{ pointer, code: 'unknown-fact', detail }];
  }
  const remedy =
    sends.length === 0
      ? 'this journey sends nothing'
      : `write message.<step>.status with one of the send steps ${quoted(sends)}`;
  const detail = `${subject} reads "${path}", which names no message of this journey; ${remedy}`;
  return [{ pointer, code: 'unknown-send-step', detail }];
}

function checkValue(is: Operator, to: Json | undefined, place: ConditionPlace): readonly Fault[] {
  const { pointer, subject } = place;
  const wanted = wantedBy[is];
  if (wanted === 'nothing') {
    const detail = `${subject} gives "${is}" a "to", which it does not take; leave it out, or wrap the comparison in { "not": … }`;
    return to === undefined ? [] : [{ pointer, code: 'needless-operand', detail }];
  }
  if (to === undefined) {
    const detail = `${subject} compares with "${is}" but not with what; add "to" with a value or { "fact": … }`;
    return [{ pointer, code: 'missing-operand', detail }];
  }
  if (fits[wanted](to)) return [];
  const detail = `${subject} compares with "${is}", which takes ${wanted}; the comparison would never hold`;
  return [{ pointer, code: 'unfit-operand', detail }];
}

type Wanted = 'nothing' | 'a value' | 'a number' | 'a list' | 'an instant (ISO 8601 with offset)';

const wantedBy: Readonly<Record<Operator, Wanted>> = {
  equals: 'a value',
  not: 'a value',
  greater: 'a number',
  less: 'a number',
  in: 'a list',
  contains: 'a value',
  intersects: 'a value',
  exists: 'nothing',
  before: 'an instant (ISO 8601 with offset)',
  after: 'an instant (ISO 8601 with offset)',
};

const fits: Readonly<Record<Exclude<Wanted, 'nothing'>, (value: Json) => boolean>> = {
  'a value': (value) => value !== null,
  'a number': isDecimal,
  'a list': isJsonArray,
  'an instant (ISO 8601 with offset)': (value) => !Number.isNaN(instantOf(value)),
};

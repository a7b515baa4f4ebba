import type { z } from 'zod';
import type { Fault } from '../../../core/domain-error';
import { jsonProblemOf } from '../../../core/json/json-problem';
import { pointerTo } from './pointer';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** The value that was read, or each place that is wrong, with the remedy. */
export type Read<Value> =
  Readonly<{ kind: 'read'; value: Value }> | Readonly<{ kind: 'faulty'; faults: readonly Fault[] }>;

/**
 * Checks a value against its schema. The faults, the first 20, point into a document in which the
 * value lies at `at`.
 */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: Path = [],
): Read<z.output<Schema>> {
  const result = schema.safeParse(value);
  if (result.success) return { kind: 'read', value: result.data };
  const issues = result.error.issues.slice(0, 10 * mostFaults);
  const faults = issues.flatMap((issue) => faultsOf(issue, { value, at }));
  return { kind: 'faulty', faults: firstOfEachPlace(faults).slice(0, mostFaults) };
}

/** An answer lists this many faults at most, the first ones. */
export const mostFaults = 20;

/** A value of the wrong type is also too short, and the like. */
function firstOfEachPlace(faults: readonly Fault[]): readonly Fault[] {
  const first = new Map<string, Fault>();
  for (const fault of faults) if (!first.has(fault.pointer)) first.set(fault.pointer, fault);
  return [...first.values()];
}

/**
 * Says why a JSON value from outside must not be looked at any further. The grounds are its depth,
 * and its number of values.
 */
export function dangerIn(value: unknown, at: Path = []): readonly Fault[] {
  if (value === undefined) return [];
  const problem = jsonProblemOf(value);
  if (!problem) return [];
  const pointer = pointerTo([...at, ...problem.path]);
  const remedy = isNumberAt(value, problem.path)
    ? 'write it as text'
    : 'rename, flatten or remove it';
  const detail = `${pointer === '' ? 'The body' : pointer} ${problem.detail}; ${remedy}`;
  return [{ pointer, code: 'refused-json', detail }];
}

function isNumberAt(value: unknown, path: Path): boolean {
  return typeof valueAt(value, path) === 'number';
}

type Origin = Readonly<{ value: unknown; at: Path }>;

function faultsOf(issue: Issue, origin: Origin): readonly Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, mostFaults).map((key) => {
      const path = [...origin.at, ...issue.path, key];
      return faultAt(path, 'unknown-field', 'is not a field here; remove it');
    });
  }
  if (issue.code === 'invalid_union') return unionFaultsOf(issue, origin);
  const path = [...origin.at, ...issue.path];
  const given = valueAt(origin.value, issue.path);
  return [faultAt(path, codeOf(issue, given), predicateOf(issue, given))];
}

/** The faults of the alternative that came furthest: most likely it was meant. */
function unionFaultsOf(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  { value, at }: Origin,
): readonly Fault[] {
  const path = [...at, ...issue.path];
  const inside = { value: valueAt(value, issue.path), at: path };
  const best = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a))[0];
  if (!best || depthOf(best) === 0) return [faultAt(path, 'not-allowed', unionPredicateOf(issue))];
  return best.flatMap((inner) => faultsOf(inner, inside));
}

function depthOf(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function unionPredicateOf(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  if (options.length > 0) return `is not one of ${options.map(String).join(', ')}`;
  return 'fits none of the forms allowed here; see the schema in /openapi.json';
}

/** The code of a fault of a request that fits the document. JSON Schema cannot say the rule. */
export const brokenRule = 'broken-rule';

function codeOf(issue: Issue, given: unknown): string {
  const { code } = issue;
  if (code === 'custom' && issue.params?.['unsaid'] === true) return brokenRule;
  if (code === 'invalid_type') return given === undefined ? 'missing' : 'wrong-type';
  const codes: Readonly<Partial<Record<Issue['code'], string>>> = {
    too_big: 'too-big',
    too_small: 'too-small',
    invalid_format: 'wrong-format',
    invalid_value: 'not-allowed',
    invalid_key: 'not-allowed',
  };
  return codes[code] ?? 'invalid';
}

/**
 * Says what is wrong with the place, and the remedy. Our own schemas give such predicates already.
 */
function predicateOf(issue: Issue, given: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return given === undefined
        ? `is missing; give ${withArticle(issue.expected)}`
        : `is ${kindOf(given)}; give ${withArticle(issue.expected)}`;
    case 'too_big':
      return `is over the limit of ${issue.maximum.toString()}${unitOf(issue.origin)}; send less`;
    case 'too_small':
      return `is under the least of ${issue.minimum.toString()}${unitOf(issue.origin)}; send more`;
    case 'invalid_value':
      return `is not one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_key':
      return 'is not a name allowed here; remove it';
    default:
      return issue.message.startsWith('is ') || issue.message.startsWith('names ')
        ? issue.message
        : `is not valid: ${issue.message}`;
  }
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' items' : '';
}

function withArticle(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function kindOf(given: unknown): string {
  if (given === null) return 'null';
  return Array.isArray(given) ? 'an array' : withArticle(typeof given);
}

function faultAt(path: Path, code: string, predicate: string): Fault {
  return { pointer: pointerTo(path), code, detail: `${subjectOf(path)} ${predicate}` };
}

function subjectOf(path: Path): string {
  const name = path.findLast((segment) => typeof segment === 'string');
  const last = path.at(-1);
  if (name === undefined) return last === undefined ? 'The body' : `Item ${String(last)}`;
  return typeof last === 'number' ? `Item ${last} of "${name}"` : `"${name}"`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, segment) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, segment) : undefined,
    value,
  );
}

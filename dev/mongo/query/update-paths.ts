import { isDoc, type Doc } from '../storage/document';
import { CommandError } from '../failure';
import { nest, read } from './paths';
import { createMatcher } from './query';

type Test = (item: unknown) => boolean;

/**
 * What an update path such as `items.$.at`, `items.$[].at` or `items.$[late].at` is resolved
 * against.
 */
export type PathContext = Readonly<{
  doc: Doc;
  filter: Doc;
  arrayFilters: ReadonlyMap<string, Test>;
}>;

/** The exact paths that an update path stands for in this document. */
export function expandPath(path: string, context: PathContext): readonly (readonly string[])[] {
  return path
    .split('.')
    .reduce<readonly (readonly string[])[]>(
      (paths, step) =>
        paths.flatMap((at) => stepsInto(at, step, context).map((next) => [...at, next])),
      [[]],
    );
}

function stepsInto(at: readonly string[], step: string, context: PathContext): readonly string[] {
  if (!step.startsWith('$')) return [step];
  const items = read(context.doc, at);
  if (!Array.isArray(items)) {
    throw new CommandError('BadValue', `'${step}' needs an array at the path '${at.join('.')}'`);
  }
  const accepts = testOf(at, step, context);
  const chosen = [...items.keys()].filter((index) => accepts(items[index])).map(String);
  if (step === '$' && chosen.length === 0) throw noPosition();
  return step === '$' ? chosen.slice(0, 1) : chosen;
}

function testOf(at: readonly string[], step: string, context: PathContext): Test {
  if (step === '$[]') return () => true;
  if (step === '$') return positionTest(at, context.filter);
  const test = context.arrayFilters.get(identifierIn(step));
  if (test) return test;
  throw new CommandError(
    'BadValue',
    `No array filter found for identifier '${identifierIn(step)}'`,
  );
}

function positionTest(at: readonly string[], filter: Doc): Test {
  const clauses = clausesOn(filter, at.join('.'));
  if (clauses.length === 0) throw noPosition();
  const matches = createMatcher({ $and: clauses });
  return (item) => matches(nest(at, [item]));
}

function clausesOn(filter: Doc, path: string): readonly Doc[] {
  return Object.entries(filter).flatMap(([key, clause]) => {
    if (key === '$and' && Array.isArray(clause)) {
      return clause.filter(isDoc).flatMap((inner) => clausesOn(inner, path));
    }
    return key === path || key.startsWith(`${path}.`) ? [{ [key]: clause }] : [];
  });
}

function noPosition(): CommandError {
  return new CommandError(
    'BadValue',
    'The positional operator did not find the match needed from the query',
  );
}

/** The array filters of an update by identifier; throws on one that no path uses. */
export function parseArrayFilters(
  filters: readonly Doc[],
  paths: readonly string[],
): ReadonlyMap<string, Test> {
  const used = new Set(paths.flatMap((path) => path.split('.')).map(identifierIn));
  return new Map(
    filters.map((filter) => {
      const identifier = identifierOf(filter);
      if (!used.has(identifier)) {
        throw new CommandError(
          'FailedToParse',
          `The array filter for identifier '${identifier}' was not used in the update`,
        );
      }
      const matches = createMatcher(filter);
      return [identifier, (item: unknown) => matches({ [identifier]: item })];
    }),
  );
}

function identifierOf(filter: Doc): string {
  const [[key, clause] = ['', undefined]] = Object.entries(filter);
  const inner: unknown = key.startsWith('$') && Array.isArray(clause) ? clause[0] : undefined;
  return isDoc(inner) ? identifierOf(inner) : (key.split('.')[0] ?? '');
}

function identifierIn(step: string): string {
  return step.slice(2, -1);
}

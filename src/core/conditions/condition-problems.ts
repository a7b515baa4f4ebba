import { operators } from './condition';
import { isFactPath } from './fact-path';
import { jsonProblemOf, type JsonProblem } from '../json/json-problem';

const deepest = 8;
/** The parts of `all` or `any`, at most. */
export const mostParts = 50;

type Visited = Readonly<{ value: unknown; path: JsonProblem['path']; depth: number }>;

/**
 * Finds why a value has not the form of a condition; empty where it has. `checkJourney` judges the
 * meaning of its facts and operands.
 */
export function conditionProblemsOf(value: unknown): readonly JsonProblem[] {
  return problemsAt({ value, path: [], depth: 1 });
}

function problemsAt({ value, path, depth }: Visited): readonly JsonProblem[] {
  if (depth > deepest) return [{ path, detail: `is nested deeper than ${deepest} conditions` }];
  if (!isRecord(value)) return [{ path, detail: wanted }];
  switch (Object.keys(value).sort().join()) {
    case 'all':
      return partsProblems({ value: value['all'], path: [...path, 'all'], depth });
    case 'any':
      return partsProblems({ value: value['any'], path: [...path, 'any'], depth });
    case 'not':
      return problemsAt({ value: value['not'], path: [...path, 'not'], depth: depth + 1 });
    case 'fact,is':
    case 'fact,is,to':
      return comparisonProblems(value, path);
    default:
      return [{ path, detail: wanted }];
  }
}

const wanted = 'is not a condition; write { all }, { any }, { not } or { fact, is, to }';

function partsProblems({ value, path, depth }: Visited): readonly JsonProblem[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostParts) {
    return [{ path, detail: `is not a list of 1 to ${mostParts} conditions` }];
  }
  return value.flatMap((part: unknown, index) =>
    problemsAt({ value: part, path: [...path, index], depth: depth + 1 }),
  );
}

function comparisonProblems(
  { fact, is, to }: Readonly<Record<string, unknown>>,
  path: JsonProblem['path'],
): readonly JsonProblem[] {
  const toProblem = to === undefined ? undefined : jsonProblemOf(to);
  return [
    ...(isFactPath(fact) ? [] : [{ path: [...path, 'fact'], detail: 'is not a dotted path' }]),
    ...(operators.some((known) => known === is)
      ? []
      : [
          { path: [...path, 'is'], detail: `is no operator; write one of ${operators.join(', ')}` },
        ]),
    ...(toProblem ? [{ path: [...path, 'to', ...toProblem.path], detail: toProblem.detail }] : []),
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

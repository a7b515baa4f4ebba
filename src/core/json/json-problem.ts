/** A wrong place in a value; `path` leads to it. */
export type JsonProblem = Readonly<{ path: readonly (string | number)[]; detail: string }>;

const deepest = 20;
const mostKeys = 1_000;
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type Visited = Readonly<{ value: unknown; path: JsonProblem['path'] }>;

/**
 * Finds the first place that keeps a value from being stored. Values have at most 20 levels and
 * 1,000 keys, and no key that a database or a prototype takes for its own. It does not recurse, so
 * depth cannot exhaust the stack.
 */
export function jsonProblemOf(root: unknown): JsonProblem | undefined {
  const open: Visited[] = [{ value: root, path: [] }];
  let keys = 0;
  for (let visit = open.pop(); visit; visit = open.pop()) {
    const detail = problemHere(visit);
    if (detail !== undefined) return { path: visit.path, detail };
    const children = childrenOf(visit);
    if (!Array.isArray(visit.value)) keys += children.length;
    if (keys > mostKeys) return { path: [], detail: `has more than ${mostKeys} keys in all` };
    open.push(...children);
  }
  return undefined;
}

function problemHere({ value, path }: Visited): string | undefined {
  const key = path.at(-1);
  if (path.length > deepest) return `is nested deeper than ${deepest} levels`;
  if (typeof key === 'string' && isForbidden(key)) return `has the forbidden name "${key}"`;
  if (isJsonHere(value)) return undefined;
  return typeof value === 'number' ? 'is a number that cannot be kept exactly' : 'is not JSON';
}

/** `$` begins an operator and NUL ends a name in the database. */
function isForbidden(key: string): boolean {
  return forbidden.has(key) || key.startsWith('$') || key.includes('\0');
}

function isJsonHere(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || Array.isArray(value) || isPlain(value);
    default:
      return false;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function childrenOf({ value, path }: Visited): readonly Visited[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => ({ value: item, path: [...path, index] }));
  }
  return Object.entries(value).map(([key, child]: [string, unknown]) => ({
    value: child,
    path: [...path, key],
  }));
}

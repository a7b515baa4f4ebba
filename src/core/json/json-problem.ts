/** A wrong place in a value; `path` leads to it. */
export type JsonProblem = Readonly<{ path: readonly (string | number)[]; detail: string }>;

const deepest = 20;

/** An order of a thousand lines has half as many. */
const mostValues = 30_000;

type Visited = Readonly<{ value: unknown; path: JsonProblem['path'] }>;

/**
 * Finds the first place that keeps a value from being stored. Values are JSON of at most 20 levels
 * and 30,000 values; names may be any, since the store escapes them. It does not recurse, so depth
 * cannot exhaust the stack, and it walks no further than the limit.
 */
export function jsonProblemOf(root: unknown): JsonProblem | undefined {
  const open: Visited[] = [{ value: root, path: [] }];
  let left = mostValues;
  for (let visit = open.pop(); visit; visit = open.pop()) {
    left -= sizeOf(visit);
    const detail = left < 0 ? `holds more than ${mostValues} values` : problemHere(visit);
    if (detail !== undefined) return { path: visit.path, detail };
    for (const child of childrenOf(visit)) open.push(child);
  }
  return undefined;
}

function problemHere({ value, path }: Visited): string | undefined {
  if (path.length > deepest) return `is nested deeper than ${deepest} levels`;
  if (isJsonHere(value)) return undefined;
  return typeof value === 'number' ? 'is a number that cannot be kept exactly' : 'is not JSON';
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

function sizeOf({ value }: Visited): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Array.isArray(value) ? value.length : Object.keys(value).length;
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

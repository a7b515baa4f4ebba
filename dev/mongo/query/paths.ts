import { isDoc, type Doc, type Draft } from '../storage/document';
import { CommandError } from '../failure';

type Slot = Readonly<{ parent: Draft | unknown[]; key: string }>;

const position = /^\d+$/;

/**
 * Every value that a path reaches, as indexes see it: through arrays on the way and into an array
 * at its end.
 */
export function valuesAt(node: unknown, path: readonly string[], at = 0): readonly unknown[] {
  const step = path[at];
  if (step === undefined) return Array.isArray(node) && node.length > 0 ? node : [node];
  if (isDoc(node)) return valuesAt(node[step], path, at + 1);
  if (!Array.isArray(node)) return [undefined];
  const direct = position.test(step) ? valuesAt(node[Number(step)], path, at + 1) : [];
  const through = node.flatMap((item: unknown) => (isDoc(item) ? valuesAt(item, path, at) : []));
  const all = [...direct, ...through];
  return all.length > 0 ? all : [undefined];
}

/** True where a path leads on through an array; by a position it may where that is told. */
export function isThroughArray(
  node: unknown,
  [step, ...rest]: readonly string[],
  mayByPosition = false,
): boolean {
  if (step === undefined) return false;
  if (Array.isArray(node) && !(mayByPosition && position.test(step))) return true;
  return isThroughArray(child(node, step), rest, mayByPosition);
}

/** The value at exactly this path; an array is entered by position only. */
export function read(node: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, step) => child(value, step), node);
}

/** Writes at a path and makes the documents on the way; `undefined` removes the value. */
export function write(root: Draft, path: readonly string[], value: unknown): void {
  if (value === undefined) remove(root, path);
  else put(slot(root, path), value);
}

function slot(root: Draft, path: readonly string[]): Slot {
  const key = path.at(-1) ?? '';
  const parent = path
    .slice(0, -1)
    .reduce<Draft | unknown[]>((node, step) => enter(node, step), root);
  if (Array.isArray(parent) && !position.test(key)) throw notViable(key, parent);
  return { parent, key };
}

function enter(node: Draft | unknown[], step: string): Draft | unknown[] {
  const next = child(node, step);
  if (Array.isArray(next) || isDoc(next)) return next;
  if (next !== undefined || (Array.isArray(node) && !position.test(step)))
    throw notViable(step, next);
  const made: Draft = {};
  put({ parent: node, key: step }, made);
  return made;
}

function put({ parent, key }: Slot, value: unknown): void {
  if (key === '__proto__')
    throw new CommandError('BadValue', `The field name '__proto__' is not supported`);
  if (!Array.isArray(parent)) {
    parent[key] = value;
    return;
  }
  while (parent.length < Number(key)) parent.push(null);
  parent[Number(key)] = value;
}

function remove(root: Draft, path: readonly string[]): void {
  const key = path.at(-1) ?? '';
  const parent = read(root, path.slice(0, -1));
  if (Array.isArray(parent) && position.test(key) && Number(key) < parent.length)
    parent[Number(key)] = null;
  else if (isDoc(parent)) Reflect.deleteProperty(parent, key);
}

function child(node: unknown, step: string): unknown {
  if (Array.isArray(node)) return position.test(step) ? node[Number(step)] : undefined;
  return isDoc(node) && Object.hasOwn(node, step) ? node[step] : undefined;
}

function notViable(step: string, node: unknown): CommandError {
  return new CommandError(
    'PathNotViable',
    `Cannot create field '${step}' in element ${JSON.stringify(node)}`,
  );
}

/** A document that holds only this value at this path. */
export function nest(path: readonly string[], value: unknown): Doc {
  return path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as Doc;
}

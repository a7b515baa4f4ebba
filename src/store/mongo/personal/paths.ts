import type { Document } from '../collection';

type Holder = Document | Map<string, unknown>;

/** The value of a field, or of a field of a field. */
export function valueAt(document: Document, path: string): unknown {
  const [root = '', inner] = path.split('.');
  const value = document[root];
  return inner === undefined ? value : fieldIn(value, inner);
}

export function without(document: Document, path: string): Document {
  const [root = '', inner] = path.split('.');
  const { [root]: value, ...rest } = document;
  if (inner === undefined) return rest;
  return isHolder(value) ? { ...rest, [root]: withoutField(value, inner) } : document;
}

export function withValue(document: Document, path: string, value: unknown): Document {
  const [root = '', inner] = path.split('.');
  if (inner === undefined) return { ...document, [root]: value };
  const holder = document[root];
  return isHolder(holder) && !(holder instanceof Map)
    ? { ...document, [root]: { ...holder, [inner]: value } }
    : document;
}

/** Nothing personal is in it. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function fieldIn(value: unknown, name: string): unknown {
  if (value instanceof Map) return value.get(name);
  return isHolder(value) ? (value as Document)[name] : undefined;
}

function withoutField(holder: Holder, name: string): Holder {
  if (holder instanceof Map) return new Map([...holder].filter(([key]) => key !== name));
  const { [name]: _taken, ...rest } = holder;
  return rest;
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

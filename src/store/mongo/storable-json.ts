/**
 * Makes maps of plain JSON, whose keys mean nothing to mongoose and the driver. A name that a
 * database takes for its own is stored escaped, as in `utm%u002Esource`; `readableJson` gives the
 * name back.
 */
export function storableJson<Value extends object>(value: Value): Value {
  return mapped(value) as Value;
}

/** The JSON that `storableJson` was given. A stored name without an escape stays as it is. */
export function readableJson<Value>(value: Value): Value {
  return isEscapedBelow(value) ? (unescaped(value) as Value) : value;
}

function mapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mapped);
  if (!isRecord(value)) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [escapedName(key), mapped(inner)]));
}

function isEscapedBelow(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isEscapedBelow);
  if (!isRecord(value)) return false;
  return Object.keys(value).some((key) => key.includes('%u') || isEscapedBelow(value[key]));
}

function unescaped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unescaped);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, inner]) => [unescapedName(key), unescaped(inner)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

/** The driver and every object give these names a meaning of their own. */
const reserved: ReadonlySet<string> = new Set(['_bsontype', '__proto__']);
const unsafe = /^\$|[.\0]|%u(?:0000|0024|0025|002E|005F)/;
const escapes = /%u(0000|0024|0025|002E|005F)/g;

/** True of a name that is stored under another name. */
export function isEscaped(name: string): boolean {
  return escapedName(name) !== name;
}

function escapedName(name: string): string {
  if (reserved.has(name)) return `${escapeOf('_')}${name.slice(1)}`;
  return unsafe.test(name) ? name.replaceAll(/[$.\0%]/g, escapeOf) : name;
}

function escapeOf(character: string): string {
  return `%u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function unescapedName(name: string): string {
  return name.replaceAll(escapes, (_escape, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The JSON that `storableJson` has made maps of. Plain JSON stays as it is. */
export function plainJson<Value>(value: Value): Value {
  return unmapped(value) as Value;
}

function unmapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmapped);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries(
    [...value].map(([key, inner]: [string, unknown]) => [unescapedName(key), unmapped(inner)]),
  );
}

import { isJsonArray, isJsonObject, type Json } from './json';

/**
 * True of two values that are one as ids are. A number is its decimal text, and blanks around a
 * text do not count. Otherwise they are compared as JSON: the order of keys does not matter, that
 * of items does.
 */
export function isSame(a: Json, b: Json): boolean {
  if (a === b) return true;
  const [one, other] = [textOf(a), textOf(b)];
  if (one !== undefined || other !== undefined) return one === other;
  if (isJsonArray(a)) return isJsonArray(b) && areItemsSame(a, b);
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key] ?? null, b[key] ?? null))
  );
}

/**
 * A text that two values share exactly where `isSame` holds. Many are compared by a set of them.
 */
export function sameKeyOf(value: Json): string {
  return textOf(value) ?? `\n${JSON.stringify(plainOf(value))}`;
}

/** Texts are trimmed, numbers are texts, objects are lists of their fields. */
function plainOf(value: Json): unknown {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (isJsonArray(value)) return value.map(plainOf);
  if (!isJsonObject(value)) return value;
  const fields = Object.keys(value).toSorted();
  return { fields: fields.map((key) => [key, plainOf(value[key] ?? null)]) };
}

function textOf(value: Json): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : undefined;
}

function areItemsSame(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((item, index) => isSame(item, b[index] ?? null));
}

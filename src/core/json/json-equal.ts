import { isJsonArray, isJsonObject, type Json } from './json';

/** Equal as JSON: the order of keys does not matter, that of items does. */
export function jsonEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (isJsonArray(a)) return isJsonArray(b) && itemsEqual(a, b);
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key] ?? null, b[key] ?? null))
  );
}

function itemsEqual(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((item, index) => jsonEqual(item, b[index] ?? null));
}

import { createHash } from 'node:crypto';
import { isJsonArray, isJsonObject, type Json } from '../core/json/json';

/** Equal for the same content, however its keys are ordered. */
export function contentHashOf(content: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(content)))
    .digest('base64url');
}

function ordered(value: Json): Json {
  if (isJsonArray(value)) return value.map(ordered);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

import { isJsonArray, isJsonObject, type Json } from './json';

/**
 * JSON text that is equal for equal values, however their keys are ordered. Stored digests rest on
 * it, so its output never changes: keys by code unit, after those that are whole numbers by value.
 */
export function canonicalJson(value: Json): string {
  return JSON.stringify(ordered(value));
}

function ordered(value: Json): Json {
  if (isJsonArray(value)) return value.map(ordered);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  // An object puts the whole numbers among its keys first.
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

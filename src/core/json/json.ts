/** A JSON value that nobody changes. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** A JSON object that nobody changes. */
export type JsonObject = { readonly [key: string]: Json };

/** True of an object that is neither null nor a list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True of a list. */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** An id made of several parts, without ambiguity. */
export function rowId(...parts: readonly (string | number)[]): string {
  return parts.map((part) => encodeURIComponent(part)).join('/');
}

/** A field of an object, or an item of a list. Undefined where it is neither. */
export function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The text or number in a field of a JSON body. Empty where there is none. */
export function textIn(body: unknown, field: string): string {
  const value = partOf(body, field);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The items in a field of a JSON body. None where it is no list. */
export function itemsIn(body: unknown, field: string): readonly unknown[] {
  const value = partOf(body, field);
  return Array.isArray(value) ? value : [];
}

/** A text as JSON; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

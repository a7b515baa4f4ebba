import { DomainError } from '../../core/domain-error';

/** The driver takes an object with this key for one of its own types. */
const reserved = '_bsontype';

/**
 * Makes maps of plain JSON, whose keys mean nothing to mongoose and the driver. Throws DomainError
 * `invalid` for the only key that cannot be read again.
 */
export function storableJson<Value extends object>(value: Value): Value {
  return mapped(value) as Value;
}

function mapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mapped);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.hasOwn(value, reserved)) {
    throw new DomainError('invalid', `The key "${reserved}" is reserved; use another name.`);
  }
  return new Map(Object.entries(value).map(([key, inner]) => [key, mapped(inner)]));
}

/** Reads what `storableJson` has made. Plain JSON stays as it is. */
export function plainJson<Value extends object>(value: Value): Value {
  return unmapped(value) as Value;
}

function unmapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmapped);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries(
    [...value].map(([key, inner]: [string, unknown]) => [key, unmapped(inner)]),
  );
}

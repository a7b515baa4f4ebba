import { EJSON, Long, ObjectId, deserialize, serialize } from 'bson';
import { CommandError } from '../failure';

/**
 * A BSON document decoded with the defaults of `bson`: every safe integer and every double is a
 * number.
 */
export type Doc = Readonly<Record<string, unknown>>;

/** A document being built: only its maker holds it. */
export type Draft = Record<string, unknown>;

const largestDocument = 16 * 1024 * 1024;

export function isDoc(value: unknown): value is Doc {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof RegExp) &&
    !('_bsontype' in value)
  );
}

/** Whether this is a clause such as `{ $gt: 5 }` or a change such as `{ $set: … }`, not a value. */
export function hasOperators(value: unknown): value is Doc {
  return isDoc(value) && Object.keys(value).some((key) => key.startsWith('$'));
}

export function encodeDoc(doc: Doc): Uint8Array {
  const bytes = serialize(doc);
  refuseTooLarge(bytes.length);
  return bytes;
}

/** Beyond this `bson` would cut a document off without a word. */
export function refuseTooLarge(bytes: number): void {
  if (bytes <= largestDocument) return;
  throw new CommandError(
    'BSONObjectTooLarge',
    `A document of ${bytes} bytes is over the limit of ${largestDocument}`,
  );
}

export function decodeDoc(bytes: Uint8Array): Doc {
  return deserialize(bytes);
}

export function copyDoc(doc: Doc): Draft {
  return Object.fromEntries(Object.entries(doc).map(([key, value]) => [key, copyValue(value)]));
}

export function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyValue);
  return isDoc(value) ? copyDoc(value) : value;
}

/**
 * The value as a string without NUL, the same for two values exactly when MongoDB holds them equal.
 */
export function keyOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return `s${withoutNul(value)}`;
  if (typeof value === 'number') return `n${value}`;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return `d${value.getTime()}`;
  if (value instanceof ObjectId) return `o${value.toHexString()}`;
  if (value instanceof Long) return `n${value.toString()}`;
  return `j${EJSON.stringify(value)}`;
}

function withoutNul(text: string): string {
  return text.includes('\u0000') || text.includes('\u0001')
    ? text.replaceAll('\u0001', '\u0001\u0002').replaceAll('\u0000', '\u0001\u0001')
    : text;
}

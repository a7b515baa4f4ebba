import { Long, Timestamp } from 'bson';
import { keyOf } from './document';

const view = new DataView(new ArrayBuffer(8));

/** A kind of values by the first letter of its keys, in the order of MongoDB. */
const kinds = { null: 'a', number: 'n', string: 's', other: 'u', boolean: 'v', date: 'w' } as const;

/** The value as an index holds it: equal exactly where `keyOf` is, and in the order of values. */
export function indexKeyOf(value: unknown): string {
  if (typeof value === 'string') return keyOf(inCodePointOrder(value));
  if (typeof value === 'number') return `${kinds.number}${ordered(value)}`;
  if (value === null || value === undefined) return kinds.null;
  if (typeof value === 'boolean') return `${kinds.boolean}${Number(value)}`;
  if (value instanceof Date) return `${kinds.date}${ordered(value.getTime())}`;
  if (value instanceof Long && !(value instanceof Timestamp)) return longKeyOf(value);
  return `${kinds.other}${keyOf(value)}`;
}

const fromSurrogates = /[\ud800-\uffff]/g;

/**
 * The text with its code units changed so that they sort as its code points do, which is the order
 * of MongoDB. Surrogates come last instead of before the private and the wide characters.
 */
export function inCodePointOrder(text: string): string {
  return text.replace(fromSurrogates, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
  });
}

/** True of the key of a value that stands in no order, such as an object. */
export function isWithoutOrder(key: string): boolean {
  return key.startsWith(kinds.other);
}

/** The bounds of one type of values between which a key lies; both count. */
export type KeyRange = Readonly<{ from: string; to: string }>;

/** A key of an unsafe integer goes on after its digits, with a sign below this one. */
const beyond = '~';

/** The range that a clause such as `{ $gte: 5, $lt: 9 }` stays within, of numbers or dates. */
export function rangeIn(clause: Readonly<Record<string, unknown>>): KeyRange | undefined {
  const lower = clause['$gte'] ?? clause['$gt'];
  const upper = clause['$lte'] ?? clause['$lt'];
  const type = typeOf(lower) ?? typeOf(upper);
  if (!type) return undefined;
  const from = typeOf(lower) === type ? indexKeyOf(lower) : type;
  const to = typeOf(upper) === type ? indexKeyOf(upper) : type;
  return { from, to: `${to}${beyond}` };
}

function typeOf(bound: unknown): string | undefined {
  if (typeof bound === 'number' && !Number.isNaN(bound)) return kinds.number;
  return bound instanceof Date ? kinds.date : undefined;
}

function longKeyOf(value: Long): string {
  const digits = value.toString();
  const near = Number(digits);
  const key = `${kinds.number}${ordered(near)}`;
  return Number.isSafeInteger(near) ? key : `${key}+${digits}`;
}

/** Sixteen digits that sort as the numbers do; NaN comes before them all. */
function ordered(value: number): string {
  if (Number.isNaN(value)) return '';
  view.setFloat64(0, value === 0 ? 0 : value);
  const [high, low] = [view.getUint32(0), view.getUint32(4)];
  const isNegative = high >= 0x80000000;
  const [first, second] = isNegative ? [~high >>> 0, ~low >>> 0] : [(high ^ 0x80000000) >>> 0, low];
  return first.toString(16).padStart(8, '0') + second.toString(16).padStart(8, '0');
}

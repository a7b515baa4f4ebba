import { Long, Timestamp } from 'bson';
import { keyOf } from './document';

const view = new DataView(new ArrayBuffer(8));

/**
 * The value as an index holds it: equal exactly where `keyOf` is, and among numbers and among dates
 * in their order.
 */
export function indexKeyOf(value: unknown): string {
  if (typeof value === 'number') return `n${ordered(value)}`;
  if (value instanceof Date) return `d${ordered(value.getTime())}`;
  if (value instanceof Long && !(value instanceof Timestamp)) return longKeyOf(value);
  return keyOf(value);
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

function typeOf(bound: unknown): 'n' | 'd' | undefined {
  if (typeof bound === 'number' && !Number.isNaN(bound)) return 'n';
  return bound instanceof Date ? 'd' : undefined;
}

function longKeyOf(value: Long): string {
  const digits = value.toString();
  const near = Number(digits);
  return Number.isSafeInteger(near) ? `n${ordered(near)}` : `n${ordered(near)}+${digits}`;
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

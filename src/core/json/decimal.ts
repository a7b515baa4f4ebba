import type { Json } from './json';

/** A decimal without needless zeros. `digits` are those after the point. */
type Decimal = Readonly<{ isNegative: boolean; whole: string; digits: string }>;

const written = /^([+-]?)(\d+)(?:[.](\d+))?(?:e([+-]?\d{1,3}))?$/i;

/** True of a number, and of its text as a plain decimal, such as `99.90`. */
export function isDecimal(value: Json): boolean {
  return decimalOf(value) !== undefined;
}

/**
 * Compares two amounts exactly, as numbers or decimal text. It is negative where the first is less,
 * 0 where they are equal, and undefined where one of them is no amount.
 */
export function compareDecimals(one: Json, other: Json): number | undefined {
  const [left, right] = [decimalOf(one), decimalOf(other)];
  if (!left || !right) return undefined;
  if (left.isNegative !== right.isNegative) return left.isNegative ? -1 : 1;
  return left.isNegative ? compareSizes(right, left) : compareSizes(left, right);
}

function compareSizes(one: Decimal, other: Decimal): number {
  const byLength = one.whole.length - other.whole.length;
  return byLength || compareTexts(one.whole, other.whole) || compareTexts(one.digits, other.digits);
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function decimalOf(value: Json): Decimal | undefined {
  const [, sign, whole = '', digits = '', exponent = '0'] = written.exec(textOf(value)) ?? [];
  if (sign === undefined) return undefined;
  const moved = shifted(whole, digits, Number(exponent));
  const parts = { whole: moved.whole.replace(/^0+/, ''), digits: moved.digits.replace(/0+$/, '') };
  const isZero = parts.whole === '' && parts.digits === '';
  return { isNegative: sign === '-' && !isZero, ...parts };
}

/** Only numbers carry an exponent: a text with one is not written as an amount. */
function textOf(value: Json): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && !/e/i.test(value) ? value.trim() : '';
}

function shifted(whole: string, digits: string, by: number): Omit<Decimal, 'isNegative'> {
  if (by >= 0) {
    const padded = digits.padEnd(by, '0');
    return { whole: whole + padded.slice(0, by), digits: padded.slice(by) };
  }
  const padded = whole.padStart(-by, '0');
  return { whole: padded.slice(0, by), digits: padded.slice(by) + digits };
}

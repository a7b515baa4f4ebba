import { blanks } from '../../json/pattern';

/** The international form of a number has at most 15 digits (E.164). */
const international = /^\+[1-9][0-9]{6,14}$/;

const between = `[${blanks}.()/-]*`;

/** The pattern of the numbers that `internationalNumber` reads. */
export const internationalPattern = String.raw`^${between}(?:\+|0${between}0)${between}[1-9](?:${between}[0-9]){6,14}${between}$`;

/**
 * The number by which a telephone is reached from everywhere. Undefined if it names no country.
 * Blanks, points, hyphens and brackets do not matter, and `00` is `+`.
 */
export function internationalNumber(phone: string): string | undefined {
  const digits = phone.replace(/[\s.()/-]+/gu, '').replace(/^00/, '+');
  return international.test(digits) ? digits : undefined;
}

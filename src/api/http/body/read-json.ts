/** A number that JavaScript would round is refused, or kept as text. */
export type Rounded = 'refused' | 'as-text';

/**
 * Reads a JSON text and changes nothing in silence. Half a surrogate pair becomes U+FFFD, since
 * UTF-8 cannot hold it. A number that JavaScript would round becomes text; or, where it is to be
 * refused, `Infinity`, which no JSON holds, so that its place is found. Throws SyntaxError.
 */
export function readJson(text: string, rounded: Rounded): unknown {
  const value: unknown = JSON.parse(text);
  if (!mayLose.test(text)) return value;
  // In valid JSON each token is a whole string or number.
  return JSON.parse(text.replaceAll(tokens, (token) => faithful(token, rounded)));
}

/** Sixteen digits, a large exponent or an escaped surrogate. Most bodies have none of them. */
const mayLose = /[\d.]{16}|\de\+?\d\d|\\ud[89a-f]/i;

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

function faithful(token: string, rounded: Rounded): string {
  if (token.startsWith('"')) return token.replaceAll(escapes, wellFormed);
  if (rounded === 'as-text') return isRounded(token) ? `"${token}"` : token;
  return isRounded(token) || isTooLarge(token) ? '1e999' : token;
}

/** The document bounds all numbers. It cannot say which of the larger ones are exact. */
function isTooLarge(number: string): boolean {
  return Math.abs(Number(number)) > Number.MAX_SAFE_INTEGER;
}

/** A pair of escaped surrogates, one without the other, or any other escape. */
const escapes = /\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|ud[89a-f][\da-f]{2}|[^])/gi;

function wellFormed(escape: string): string {
  return escape.length === '\\ud83d'.length ? '\\ufffd' : escape;
}

/**
 * True of whole numbers beyond 2^53, and of decimals that a double does not write. It writes
 * them by the fewest digits, as JavaScript does, or by all 17.
 */
function isRounded(number: string): boolean {
  const value = Number(number);
  if (!Number.isFinite(value)) return true;
  const [mantissa = ''] = number.split(/e/i);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return mantissa.replace(/\D/g, '').length > 15;
  const written = [String(value), value.toPrecision(17)].map(significant);
  return !written.includes(significant(number));
}

function significant(number: string): string {
  const [mantissa = ''] = number.split(/e/i);
  return mantissa.replace(/\D/g, '').replace(/^0+|0+$/g, '');
}

/**
 * Parts of patterns for JSON Schema. They avoid what its readers take differently: flags, `\s` and
 * `\d`, and names of Unicode classes.
 */

/** The characters that `trim` takes away, within a class. */
export const blanks = String.raw`\t\n\x0b\x0c\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`;

/** The control characters (Cc), within a class. */
export const controls = String.raw`\x00-\x1f\x7f-\x9f`;

/** The usual format characters (Cf), which nobody sees, within a class. */
export const formats = String.raw`\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb`;

/** The pattern of texts of which `trim` leaves something. */
export const visiblePattern = `[^${blanks}]`;

/**
 * The pattern of texts that are none of these words. Blanks around a word do not count, nor a pair
 * of quotes, nor case.
 */
export function patternOtherThan(words: Iterable<string>): string {
  const any = [...words].map(inAnyCase).join('|');
  return (
    String.raw`^(?![${blanks}]*(["'` +
    '`' +
    String.raw`]?)[${blanks}]*(?:${any})[${blanks}]*\1[${blanks}]*$)`
  );
}

function inAnyCase(word: string): string {
  return word
    .replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`)
    .replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** A check by a pattern. */
export function fits(pattern: string): (text: string) => boolean {
  const expression = new RegExp(pattern);
  return (text) => expression.test(text);
}

import type { Json } from './json';
import { patternOtherThan } from './pattern';

/** The texts that programs write where they have no value. */
export const noValues: ReadonlySet<string> = new Set([
  '',
  'undefined',
  'null',
  'none',
  'nil',
  'nan',
  'n/a',
  '(null)',
  '(none)',
  '(not set)',
  '[object object]',
  '[object undefined]',
  '[object null]',
  '{}',
  '[]',
]);

/** The pattern of texts of which `textOf` makes something. */
export const textPattern = patternOtherThan(noValues);

/** The pattern of texts of which `idOf` makes an id. */
export const idPattern = patternOtherThan([...noValues, '0']);

/**
 * The id that a value states, as ids are kept and compared. It is well-formed text without
 * surrounding blanks. A number states its decimal text, so that `4711` and `"4711"` are one id.
 * Undefined where a value states none: null, 0, a boolean, a list, an object, or a text that
 * `textOf` drops.
 */
export function idOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return value === 0 ? undefined : String(value);
  if (typeof value !== 'string') return undefined;
  const text = textOf(value);
  return text === undefined || bare(text) === '0' ? undefined : text;
}

/**
 * A text that says something, well-formed and without surrounding blanks. Undefined where it is
 * blank or stands for no value, such as `undefined` or `[object Object]`. Case and quotes do not
 * count.
 */
export function textOf(value: string): string | undefined {
  const text = value.toWellFormed().trim();
  return noValues.has(bare(text)) ? undefined : text;
}

/** A text as lists of texts without meaning write it: without quotes, in lower case. */
export function bare(text: string): string {
  return text
    .replace(/^(["'`])(.*)\1$/s, '$2')
    .trim()
    .toLowerCase();
}

import type { Fault } from '../../core/domain-error';
import type { ApprovedText } from './whatsapp-content';

const inText = /\{\{([^{}]*)\}\}/g;
const counted = /^[1-9]\d?$/;

/** The names of the places of an approved text, in their order, each once. */
export function placesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(inText)].map(([, name = '']) => name))];
}

/** The text with a value in each place. A value that looks like a place stays as it is. */
export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(inText, (found, name: string) => values.get(name) ?? found);
}

/** True of a place that is counted, such as `1`, and false of a name. */
export function isCounted(place: string): boolean {
  return counted.test(place);
}

/** The places without Liquid, and the Liquid without a place. */
export function placeFaults(
  { text, parameters = {} }: ApprovedText,
  pointer: string,
): readonly Fault[] {
  const places = placesIn(text);
  const given = Object.keys(parameters);
  const empty = places
    .filter((place) => !given.includes(place))
    .map((place) => ({
      pointer: `${pointer}/text`,
      code: 'place-without-parameter',
      detail: `The place "{{${place}}}" has no parameter: give "${place}" in "parameters". Liquid belongs there, since the text is the approved one.`,
    }));
  const unused = given
    .filter((place) => !places.includes(place))
    .map((place) => ({
      pointer: `${pointer}/parameters/${place}`,
      code: 'parameter-without-place',
      detail: `The text has no place "{{${place}}}": remove the parameter, or repeat the approved text.`,
    }));
  return [...empty, ...unused, ...countFaults(given, pointer)];
}

/** WhatsApp takes counted values in their order alone. */
function countFaults(given: readonly string[], pointer: string): readonly Fault[] {
  const numbers = given.filter(isCounted).map(Number);
  if (numbers.length === 0 || Math.max(...numbers) === numbers.length) return [];
  const detail = `The places are not counted from 1 to ${numbers.length}: repeat the approved text.`;
  return [{ pointer: `${pointer}/parameters`, code: 'places-not-counted', detail }];
}

import { channels, purposes, type Purpose } from '../core/channels';
import type { ByPurposeAndChannel } from '../core/contacts/contact';
import { instant } from '../core/time/time.schema';
import { isJsonObject, type Json, type JsonObject } from '../core/json/json';
import type { ConsentInput } from './contact-change';

type StatedInput = ByPurposeAndChannel<ConsentInput>;

/**
 * Reads consents as foreign clients write them, entry by entry. An entry that cannot be read costs
 * no other one. Text and numbers never give a consent, nor does a word with a basis. Those that
 * deny, such as `"false"` and `0`, withdraw it. A purpose that is denied as a whole is withdrawn in
 * every channel. `rest` holds the entries that say nothing here.
 */
export function consentsIn(
  value: Json,
): Readonly<{ stated: StatedInput | undefined; rest: Json | undefined }> {
  if (!isJsonObject(value)) return { stated: undefined, rest: value };
  const read = Object.entries(value).map(([name, words]) => {
    const purpose = purposes.find((known) => known === name);
    return { name, purpose, ...(purpose ? wordsIn(words) : { stated: {}, rest: words }) };
  });
  const stated = Object.fromEntries(
    read.flatMap(({ purpose, stated: words }) =>
      purpose && Object.keys(words).length > 0 ? [[purpose, words] as const] : [],
    ),
  );
  const rest = Object.fromEntries(
    read.flatMap(({ name, rest: left }) => (left === undefined ? [] : [[name, left] as const])),
  );
  return { stated: filled(stated), rest: filled(rest) };
}

/** The words of both; where both speak of a purpose and channel the first counts. */
export function firstOfConsents(
  first: StatedInput | undefined,
  second: StatedInput | undefined,
): StatedInput | undefined {
  if (!first || !second) return first ?? second;
  return Object.fromEntries(
    purposes.flatMap((purpose) => {
      const words = { ...second[purpose], ...first[purpose] };
      return Object.keys(words).length > 0 ? [[purpose, words] as const] : [];
    }),
  );
}

type Words = Readonly<{ stated: NonNullable<StatedInput[Purpose]>; rest: Json | undefined }>;

function wordsIn(value: Json): Words {
  if (isDenial(value)) {
    const stated = Object.fromEntries(channels.map((channel) => [channel, false]));
    return { stated, rest: undefined };
  }
  if (!isJsonObject(value)) return { stated: {}, rest: value };
  const words = channels.flatMap((channel) => {
    const word = Object.hasOwn(value, channel) ? wordIn(value[channel] ?? null) : undefined;
    return word === undefined ? [] : [[channel, word] as const];
  });
  const stated = Object.fromEntries(words);
  const left = Object.entries(value).filter(([name]) => !Object.hasOwn(stated, name));
  return { stated, rest: filled(Object.fromEntries(left)) };
}

function wordIn(word: Json): ConsentInput | undefined {
  if (word === null || word === true) return word;
  if (isDenial(word)) return false;
  if (!isJsonObject(word)) return undefined;
  const { given = null, at = null } = word;
  if (!isOwnConsent(word) && !isDenial(given)) return undefined;
  const dated = instant.safeParse(at);
  return { given: given === true, ...(dated.success && { at: dated.data }) };
}

function isOwnConsent(word: JsonObject): boolean {
  return word['given'] === true && !Object.hasOwn(word, 'basis');
}

const denials: ReadonlySet<string> = new Set(['false', 'no', 'n', 'off', '0', 'unsubscribed']);

function isDenial(word: Json): boolean {
  if (typeof word === 'string') return denials.has(word.trim().toLowerCase());
  return word === false || word === 0;
}

function filled<Value extends object>(value: Value): Value | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

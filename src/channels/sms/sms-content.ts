import { z } from 'zod';

/** A text message in one language: Liquid, before and after it is compiled. */
export type SmsContent = Readonly<{ text: string }>;

/** Carriers take ten parts; more is refused before it is sent. */
export const longestText = 1_600;

const longestSource = 10_000;

/** The content of a text message in a language, as its author writes it. */
export const smsContentSchema = z.strictObject({
  text: z
    .string()
    .min(1)
    .max(longestSource)
    .meta({ description: `Liquid. Printed, at most ${longestText} characters` }),
});

/** The content of a text message, as it is stored or shown. */
export const smsTextSchema = z.object({ text: z.string() });

/**
 * The parts in which a text travels, each of which is paid for. The alphabet of GSM (3GPP 23.038)
 * has 160 characters in a part, or 153 in several; a single other character makes it 70 and 67.
 */
export function partsOf(text: string): number {
  let places = 0;
  for (const character of text) {
    const isDouble = doubles.includes(character);
    if (!isDouble && !gsm.includes(character)) return partsFor(text.length, [70, 67]);
    places += isDouble ? 2 : 1;
  }
  return partsFor(places, [160, 153]);
}

function partsFor(length: number, [single, joined]: readonly [number, number]): number {
  return length <= single ? 1 : Math.ceil(length / joined);
}

const gsm =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** These take two places. */
const doubles = '\f^{}\\[~]|€';

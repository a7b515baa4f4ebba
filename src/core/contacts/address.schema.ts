import { z } from 'zod';
import { unsaid } from '../json/json.schema';
import { blanks, fits, formats } from '../json/pattern';
import { envelopeAddressOf, withoutInvisible } from './email-address';
import { internationalNumber, internationalPattern } from './reach/phone-number';

/** An address as people paste it. Blanks and invisible characters go, and blank is absent. */
const pasted = (longest: number) => z.string().max(longest).overwrite(withoutInvisible);

const error =
  'is not an e-mail address that can be written to; give one plain address, ASCII before the @';

const local = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const abroad = String.raw`[A-Za-z0-9.-]*[\u0080-\uffff][A-Za-z0-9.\u0080-\uffff-]*`;
const address = String.raw`${local}@(?:${label}(?:\.${label})*|${abroad})`;
const around = `[${blanks}${formats}]*`;

/**
 * The pattern of an e-mail address as people paste it. A domain in another script is looked at
 * again.
 */
export const emailAddressPattern = `^${around}${address}${around}$`;
const optionalPattern = `^${around}(?:${address}${around})?$`;

const isAddress = (text: string) => envelopeAddressOf(text) !== undefined;
const isBlankOrAddress = (text: string) => text === '' || isAddress(text);

/** An e-mail address; `''` where the text was blank. */
export const emailAddress = pasted(320)
  .refine(fits(optionalPattern), { error, abort: true })
  .refine(isBlankOrAddress, { error, ...unsaid })
  .meta({
    pattern: optionalPattern,
    description:
      'An e-mail address. Blanks around it and invisible characters go; a blank one is absent',
  });

/** An e-mail address that must be there. */
export const requiredEmailAddress = pasted(320)
  .refine(fits(emailAddressPattern), { error, abort: true })
  .refine(isAddress, { error, ...unsaid })
  .meta({ pattern: emailAddressPattern });

/** A telephone number in any form; `''` where the text was blank. */
export const phoneNumber = pasted(40);

const placePattern = `${emailAddressPattern}|${internationalPattern}`;
const noPlace = {
  error: 'is neither an e-mail address nor a number such as +393331234567',
};

/** An e-mail address, or the international number of a telephone in its plain form. */
export const emailAddressOrNumber = pasted(320)
  .min(1)
  .refine(fits(placePattern), { ...noPlace, abort: true })
  .refine((text) => isAddress(text) || internationalNumber(text) !== undefined, {
    ...noPlace,
    ...unsaid,
  })
  .transform((text) => internationalNumber(text) ?? text)
  .meta({
    pattern: placePattern,
    description: 'An e-mail address, or the international number of a telephone',
  });

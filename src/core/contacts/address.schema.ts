import { z } from 'zod';
import { envelopeAddressOf, withoutInvisible } from './email-address';

const blankOr = (isFit: (address: string) => boolean) => (address: string) =>
  address === '' || isFit(address);

/** An address as people paste it. Blanks and invisible characters go, and blank is absent. */
const pasted = (longest: number) => z.string().max(longest).overwrite(withoutInvisible);

const error =
  'is not an e-mail address that can be written to; give one plain address, ASCII before the @';

/** An e-mail address; `''` where the text was blank. */
export const emailAddress = pasted(320)
  .refine(
    blankOr((address) => envelopeAddressOf(address) !== undefined),
    { error },
  )
  .meta({
    description:
      'An e-mail address. Blanks around it and invisible characters go; a blank one is absent',
  });

/** An e-mail address that must be there. */
export const requiredEmailAddress = pasted(320).refine(
  (address) => envelopeAddressOf(address) !== undefined,
  { error },
);

/** A telephone number in any form; `''` where the text was blank. */
export const phoneNumber = pasted(40);

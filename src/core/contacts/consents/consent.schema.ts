import { z } from 'zod';
import { optional, text, unsaid } from '../../json/json.schema';
import { instant } from '../../time/time.schema';

const mostEvidence = 20;

/** Evidence of a consent: at most 20 texts of at most 500 characters, by name. */
const evidence = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,49}$/), text(500))
  .refine((texts) => Object.keys(texts).length <= mostEvidence, {
    error: `is over the limit of ${mostEvidence} texts; send less`,
    ...unsaid,
  })
  .meta({
    description:
      'At most 20 texts that show that the person has said it, such as the address of a form. Personal: it goes when the contact is erased',
  });

/** A consent as a client states it; null takes a given one away. */
export const consentInput = z.union([
  z.boolean(),
  z.null().meta({ description: 'Takes a given consent away; a withdrawal stays' }),
  z.strictObject({
    given: z.boolean(),
    at: optional(instant),
    textVersion: optional(
      text(100).meta({ description: 'The version of the text that the person has agreed to' }),
    ),
    evidence: optional(evidence),
  }),
]);

import { z } from 'zod';
import { channels, purposes } from '../../channels';
import { byName, optional, text, unsaid } from '../../json/json.schema';
import { instant } from '../../time/time.schema';
import type { ByPurposeAndChannel } from '../contact';

const mostEvidence = 20;
const evidenceName = /^[A-Za-z][A-Za-z0-9_-]{0,49}$/;

/** Evidence of a consent: at most 20 texts of at most 500 characters, by name. */
const evidence = z
  .record(z.string().regex(evidenceName), text(500))
  .refine((texts) => Object.keys(texts).length <= mostEvidence, {
    error: `is over the limit of ${mostEvidence} texts; send less`,
  })
  .meta({
    propertyNames: { pattern: evidenceName.source },
    maxProperties: mostEvidence,
    description:
      'At most 20 texts that show that the person has said it, such as the address of a form. Personal: it goes when the contact is erased',
  });

/** A consent as a client states it; null takes a given one away. */
const consent = z.union([
  z.boolean(),
  z.null().meta({ description: 'Takes a given consent away; a withdrawal stays' }),
  z.strictObject({
    given: z.boolean(),
    at: optional(instant),
    textVersion: optional(
      text(100).meta({ description: 'The version of the text that the person has agreed to' }),
    ),
    evidence: optional(evidence),
    basis: optional(
      z.literal('soft-opt-in').meta({
        description:
          'For `given: true` of marketing by e-mail alone: the person gave its address in a sale and did not object. It counts where the workspace has `softOptIn`, and gives way to every word of the person',
      }),
    ),
  }),
]);

/** Consents as a client states them, by purpose and channel. */
export const consentsInput = byName(purposes, byName(channels, consent))
  .superRefine((consents, context) => {
    for (const path of strangeGrounds(consents)) {
      context.addIssue({ code: 'custom', path, message: noGround, ...unsaid });
    }
  })
  .meta({ additionalProperties: false, examples: [{ marketing: { email: true } }] });

const noGround = 'is for a given consent to marketing by email alone; leave it out';

type Stated = ByPurposeAndChannel<z.output<typeof consent>>;

/** The places of grounds that no law knows. */
function strangeGrounds(consents: Stated): readonly string[][] {
  const words = Object.entries(consents).flatMap(([purpose, byChannel]) =>
    Object.entries(byChannel).map(([channel, word]) => ({ purpose, channel, word })),
  );
  return words.flatMap(({ purpose, channel, word }) => {
    if (typeof word === 'boolean' || word?.basis === undefined) return [];
    const isLawful = purpose === 'marketing' && channel === 'email' && word.given;
    return isLawful ? [] : [[purpose, channel, 'basis']];
  });
}

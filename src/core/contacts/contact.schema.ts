import { z } from 'zod';
import { jsonObject, listOf, optional, text } from '../json/json.schema';
import { instant } from '../time/time.schema';
import { isZone } from '../time/zoned-time';
import { channels, purposes, type ContactRef } from './contact';

/** An id that a client gives, of 1 to 200 characters. */
export const identity = text(200);

/** A plain address: no name, list, space or control character of a mail header. */
const email = z
  .string()
  .max(254)
  .regex(/^(?!.*\s)[!#-'*+\-./0-9=?A-Z^-~\u00a1-\uffff]+@[A-Za-z0-9.\-\u00a1-\uffff]+$/, {
    error: 'is not an e-mail address',
  });

/** The way in which a client names a contact: at least one field. */
export const contactRefSchema = z
  .strictObject({
    id: optional(identity.meta({ description: 'Our id of the contact' })),
    userId: optional(identity),
    anonymousId: optional(identity),
    email: optional(email),
    phone: optional(text(40)),
    externalIds: optional(listOf(z.strictObject({ type: text(50), id: identity }), 20).min(1)),
  })
  .refine((ref) => Object.keys(ref).length > 0, {
    error: 'names nobody; give at least one of id, userId, anonymousId, email, phone, externalIds',
  })
  .meta({
    description: 'How a client names a contact: at least one field',
  }) satisfies z.ZodType<ContactRef>;

const consent = z.union([
  z.boolean(),
  z.strictObject({ given: z.boolean(), at: optional(instant) }),
]);

/** The tags of a contact: at most 200, each of at most 100 characters. */
export const tagList = listOf(text(100), 200);

/** The body of a change to a contact; an absent field stays as it is. */
export const contactChangeInput = z.strictObject({
  email: optional(email),
  phone: optional(text(40)),
  locale: optional(
    z
      .string()
      .max(35)
      .regex(/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/, { error: 'is not a BCP 47 language tag' }),
  ),
  timeZone: optional(
    text(64).refine(isZone, {
      error: 'is no known time zone; write an IANA name such as Europe/Rome',
    }),
  ),
  traits: optional(jsonObject),
  tags: optional(tagList),
  consents: optional(
    z
      .partialRecord(z.enum(purposes), z.partialRecord(z.enum(channels), consent))
      .meta({ examples: [{ marketing: { email: true } }] }),
  ),
});

import { z } from 'zod';
import { idOf, idPattern, textOf, textPattern } from '../json/id-of';
import { jsonObject, listOf, optional, text, unsaid } from '../json/json.schema';
import { isZone } from '../time/zoned-time';
import { fits } from '../json/pattern';
import { emailAddress, emailAddressPattern, phoneNumber } from './address.schema';
import { consentsInput } from './consents/consent.schema';
import type { ContactRef } from './contact';
import { withoutInvisible } from './email-address';
import { isNobody, knownIn, personIdOf, personIdPattern } from './person-id';

/** A text of at most 200 characters, without the blanks around it. */
const given = z
  .string()
  .max(200)
  .overwrite((id) => id.trim());

const noId = { error: 'is blank or a text for no value; give the id, or leave it out' };

/** An id that a client gives, of 1 to 200 characters. */
export const identity = given
  .refine((id) => idOf(id) !== undefined, noId)
  .meta({ pattern: idPattern });

/** A client's own id of a request or an event. It may be 0. */
export const ownId = given
  .refine((id) => textOf(id) !== undefined, noId)
  .meta({ pattern: textPattern });

/** True of an id that fits the document. It may still be a disguised word for nobody. */
const isDocumented = fits(personIdPattern);

const noPerson = 'is blank or a text that stands for nobody; give the id of a person';

/** A client's id of a person. */
export const personId = given
  .refine((id) => isDocumented(id) || personIdOf(id) !== undefined, { error: noPerson })
  .refine((id) => personIdOf(id) !== undefined, { error: noPerson, ...unsaid })
  .meta({ pattern: personIdPattern });

const somebody = { pattern: personIdPattern };
const addressed = { pattern: emailAddressPattern };

/** The fields of which each may name a contact, as JSON Schema says it. */
const namings = Object.entries({
  id: somebody,
  userId: somebody,
  anonymousId: somebody,
  phone: somebody,
  email: addressed,
  externalIds: { contains: { properties: { id: somebody } } },
}).map(([name, schema]) => ({ required: [name], properties: { [name]: schema } }));

/** Blank is absent. */
const named = z.string().max(200);

/**
 * The way in which a client names a contact: at least one field. An id that stands for nobody, such
 * as `undefined` or `guest`, is left out.
 */
export const contactRefSchema = z
  .strictObject({
    id: optional(named.meta({ description: 'Our id of the contact' })),
    userId: optional(named),
    anonymousId: optional(named),
    email: optional(emailAddress),
    phone: optional(phoneNumber),
    externalIds: optional(listOf(z.strictObject({ type: text(50), id: named }), 20).min(1)),
  })
  .transform((ref, context) => {
    const known = knownIn(withoutBlankAddresses(ref));
    if (isNobody(known)) context.issues.push(...nobodyIn(ref));
    return known;
  })
  .meta({
    id: 'ContactRef',
    anyOf: namings,
    description:
      'How a client names a contact: at least one field. Blank ids are absent, and so are texts that stand for nobody, such as `undefined`, `null` or `guest`',
  }) satisfies z.ZodType<ContactRef>;

function nobodyIn(ref: ContactRef) {
  const message =
    'names nobody; give at least one of id, userId, anonymousId, email, phone, externalIds';
  const names = Object.keys(ref);
  const places = names.length === 0 ? [[]] : names.map((name) => [name]);
  const issue = { code: 'custom' as const, input: ref, message, ...(isNamed(ref) && unsaid) };
  return places.map((path) => ({ ...issue, path }));
}

/** True of a ref that names somebody as far as the document can tell. */
function isNamed({ externalIds = [], phone, ...named }: ContactRef): boolean {
  const ids = [...Object.values(named), ...externalIds.map(({ id }) => id)];
  // Unseen characters were taken out of a number already.
  return phone !== undefined || ids.some(isDocumented);
}

/** Fields without blank addresses: a blank one is absent. */
export function withoutBlankAddresses<Fields extends object>(fields: Fields): Fields {
  const isBlank = ([name, value]: readonly [string, unknown]) =>
    ['email', 'phone'].includes(name) && typeof value === 'string' && !withoutInvisible(value);
  return Object.fromEntries(Object.entries(fields).filter((entry) => !isBlank(entry))) as Fields;
}

/** The tags of a contact: at most 200, each of at most 100 characters. */
export const tagList = listOf(text(100), 200);

const locale = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/, { error: 'is not a BCP 47 language tag' });

/** The IANA name of a time zone. */
export const timeZone = text(64).refine(isZone, {
  error: 'is no known time zone; write an IANA name such as Europe/Rome',
  ...unsaid,
});

/**
 * The body of a change to a contact. An absent field stays as it is, and null takes a value away.
 */
export const contactChangeInput = z.strictObject({
  email: optional(emailAddress.nullable()),
  phone: optional(phoneNumber.nullable()),
  locale: optional(locale.nullable()),
  timeZone: optional(timeZone.nullable()),
  traits: optional(jsonObject),
  tags: optional(tagList),
  consents: optional(consentsInput),
});

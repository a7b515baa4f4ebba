import type { ContactChange } from '../../core/contacts/contact';
import { contactChangeInput, withoutBlankAddresses } from '../../core/contacts/contact.schema';
import type { JsonObject } from '../../core/json/json';
import { contactChangeOf, type ChangeTimes } from '../contact-change';
import { consentsIn, firstOfConsents } from '../foreign-consents';

type Traits = JsonObject | null | undefined;

/** The traits of a message in both places; RudderStack's browser client uses the context. */
export type TraitPlaces = Readonly<{ own: Traits; context: Traits }>;

const namedFields = contactChangeInput.omit({ traits: true, tags: true, consents: true });

/**
 * Makes fields of those traits that a contact has fields for. The message's own come before those
 * of its context, but a blank address says nothing. Traits that do not fit stay traits: clients
 * send the same ones to other tools.
 */
export function segmentChangeOf({ own, context }: TraitPlaces, times: ChangeTimes): ContactChange {
  const { consents: ownConsents, ...ownTraits } = own ?? {};
  const { consents: contextConsents, ...contextTraits } = context ?? {};
  const first = consentsIn(ownConsents ?? null);
  const second = consentsIn(contextConsents ?? null);
  const consents = firstOfConsents(first.stated, second.stated);
  const unread = first.rest ?? second.rest ?? undefined;
  const { fields, traits } = splitTraits({ ...contextTraits, ...withoutBlankAddresses(ownTraits) });
  const rest = { ...traits, ...(unread !== undefined && { consents: unread }) };
  return contactChangeOf(
    {
      ...namedFields.parse(fields),
      ...(consents && { consents }),
      ...(Object.keys(rest).length > 0 && { traits: rest }),
    },
    times,
  );
}

function splitTraits({ timezone, ...traits }: JsonObject) {
  const named = { ...(timezone !== undefined && { timeZone: timezone }), ...traits };
  const isField = ([name, value]: readonly [string, unknown]) => {
    const schema = Object.entries(namedFields.shape).find(([field]) => field === name)?.[1];
    return schema?.safeParse(value).success ?? false;
  };
  const entries = Object.entries(named);
  return {
    fields: Object.fromEntries(entries.filter(isField)),
    traits: Object.fromEntries(entries.filter((entry) => !isField(entry))),
  };
}

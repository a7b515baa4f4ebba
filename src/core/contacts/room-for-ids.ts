import type { Contact, ContactRef } from './contact';

/**
 * A contact has at most about this many ids, and as many aliases. A further id leads to a contact
 * of its own.
 */
export const mostIds = 500;

type Ids = Pick<Contact, 'anonymousIds' | 'externalIds' | 'aliases'>;

/** True while a contact may gain a further id, or all that another contact has. */
export function hasRoomFor(contact: Ids, other?: Ids): boolean {
  if (!other) return countOf(contact) + 1 <= mostIds;
  const aliases = [contact, other].flatMap((one) => one.aliases ?? []);
  return countOf(contact) + countOf(other) <= mostIds && aliases.length + 1 <= mostIds;
}

/** True where a ref gives a visitor's id that its contact had no room for. */
export function isWithoutRoom(contact: Ids, { anonymousId }: ContactRef): boolean {
  if (anonymousId === undefined || contact.anonymousIds.includes(anonymousId)) return false;
  return !hasRoomFor(contact);
}

function countOf({ anonymousIds, externalIds }: Ids): number {
  return anonymousIds.length + externalIds.length;
}

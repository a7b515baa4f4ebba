import type { Contact, ContactRef } from './contact';

/** A contact has at most about this many ids. A further one leads to a contact of its own. */
export const mostIds = 500;

type Ids = Pick<Contact, 'anonymousIds' | 'externalIds'>;

/** True while a contact may gain a further id, or all ids of another contact. */
export function hasRoomFor(contact: Ids, other?: Ids): boolean {
  return countOf(contact) + (other ? countOf(other) : 1) <= mostIds;
}

/** True where a ref gives a visitor's id that its contact had no room for. */
export function isWithoutRoom(contact: Ids, { anonymousId }: ContactRef): boolean {
  if (anonymousId === undefined || contact.anonymousIds.includes(anonymousId)) return false;
  return !hasRoomFor(contact);
}

function countOf({ anonymousIds, externalIds }: Ids): number {
  return anonymousIds.length + externalIds.length;
}

import type { Instant } from '../../core/time/clock';
import {
  personIdsOf,
  type Contact,
  type ContactChange,
  type ContactRef,
} from '../../core/contacts/contact';
import { hasRoomForChange } from '../../core/contacts/room-for-values';
import { DomainError } from '../../core/domain-error';
import { contactId, type ContactId, type WorkspaceId } from '../../core/ids';
import type { AddressBook } from '../../core/messages/route';
import { resolveContact } from '../../intake/resolve-contact';
import type { Store } from '../../store/store';
import { keepByAddress } from './keep-by-address';
import { roomFault } from './room-fault';

type Contacts = Readonly<{ store: Pick<Store, 'contacts'> }>;

/** The dependencies of every change to a contact from outside. */
export type ChangingContacts = Readonly<{
  store: Pick<Store, 'contacts' | 'decisions' | 'suppressions'>;
  /** Tells the address of a contact in each channel. */
  channels: AddressBook;
  now: Instant;
  newContactId: () => ContactId;
}>;

/** The contact that a path names: by our id, else by userId. */
export async function contactNamed(
  { store }: Contacts,
  workspace: WorkspaceId,
  ref: string,
): Promise<Contact | undefined> {
  const byId = await store.contacts.findById(workspace, contactId(ref));
  return byId ?? store.contacts.find(workspace, { userId: ref });
}

/** Every id of the person that a path names. An erased person is still found by our id. */
export async function idsNamed(
  { store }: Contacts,
  workspace: WorkspaceId,
  ref: string,
): Promise<readonly ContactId[] | undefined> {
  const contact = await contactNamed({ store }, workspace, ref);
  if (contact) return personIdsOf(contact);
  return (await store.contacts.person(workspace, contactId(ref)))?.ids;
}

/**
 * Creates or changes the contact that a ref names. A consent is kept by its address as well. The
 * same change again changes nothing. Throws `invalid` for traits that the contact cannot hold.
 */
export async function changeContact(
  dependencies: ChangingContacts,
  workspace: WorkspaceId,
  { contact, change }: Readonly<{ contact: ContactRef; change: ContactChange }>,
): Promise<Contact> {
  const { store, now, newContactId } = dependencies;
  const fitting = (current: Pick<Contact, 'traits' | 'tags'>) => {
    if (hasRoomForChange(current, change)) return change;
    throw new DomainError('invalid', 'The contact cannot hold these traits; see errors.', [
      roomFault,
    ]);
  };
  // Before a contact is made for it.
  fitting({ traits: {}, tags: [] });
  const { id } = await resolveContact({ store, newContactId }, workspace, { ref: contact, now });
  const changed = await store.contacts.change(workspace, id, fitting, now);
  const { consents } = change;
  if (consents) await keepByAddress(dependencies, { workspace, contact: changed, consents });
  return changed;
}

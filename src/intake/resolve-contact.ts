import type { Contact, ContactRef } from '../core/contacts/contact';
import { isWithoutRoom } from '../core/contacts/room-for-ids';
import { withoutRoom } from '../core/decisions/without-room';
import type { ContactId, WorkspaceId } from '../core/ids';
import type { Instant } from '../core/time/clock';
import type { Store } from '../store/store';

type Dependencies = Readonly<{
  store: Pick<Store, 'contacts' | 'decisions'>;
  newContactId: () => ContactId;
}>;

type Naming = Readonly<{ ref: ContactRef; now: Instant }>;

/**
 * The contact that a ref names, created where nobody is found. A visitor for whom it has no room
 * stays apart, and the refusals say so once for each contact.
 */
export async function resolveContact(
  dependencies: Dependencies,
  workspace: WorkspaceId,
  naming: Naming,
): Promise<Contact> {
  return (await meetContact(dependencies, workspace, naming)).contact;
}

/** Like `resolveContact`. A contact that it has just created `isNew`: it has no past. */
export async function meetContact(
  { store, newContactId }: Dependencies,
  workspace: WorkspaceId,
  { ref, now }: Naming,
): Promise<Readonly<{ contact: Contact; isNew: boolean }>> {
  const made: ContactId[] = [];
  const newId = () => {
    const id = newContactId();
    made.push(id);
    return id;
  };
  const contact = await store.contacts.resolve(workspace, ref, { newId, now });
  if (isWithoutRoom(contact, ref)) {
    await store.decisions.record([withoutRoom({ workspace, contact: contact.id }, now)]);
  }
  return { contact, isNew: made.includes(contact.id) };
}

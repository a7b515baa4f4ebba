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

/**
 * The contact that a ref names, created where nobody is found. A visitor for whom it has no room
 * stays apart, and the refusals say so once for each contact.
 */
export async function resolveContact(
  { store, newContactId }: Dependencies,
  workspace: WorkspaceId,
  { ref, now }: Readonly<{ ref: ContactRef; now: Instant }>,
): Promise<Contact> {
  const contact = await store.contacts.resolve(workspace, ref, { newId: newContactId, now });
  if (isWithoutRoom(contact, ref)) {
    await store.decisions.record([withoutRoom({ workspace, contact: contact.id }, now)]);
  }
  return contact;
}

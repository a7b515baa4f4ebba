import type { Intake } from '../../intake/intake';
import { contactId, type ContactId, type WorkspaceId } from '../../core/ids';
import type { Store } from '../../store/store';
import { contactNamed } from './change-contact';

type Dependencies = Readonly<{
  store: Pick<Store, 'contacts'>;
  intake: Pick<Intake, 'ask'>;
}>;

/**
 * Erases the contact that a path names, by our id or by userId. It answers the id under which the
 * history is kept. Our id of an erased contact finds it again; undefined where nobody is named.
 */
export async function eraseContact(
  { store, intake }: Dependencies,
  workspace: WorkspaceId,
  ref: string,
): Promise<ContactId | undefined> {
  const contact = await contactNamed({ store }, workspace, ref);
  const [id] = contact
    ? [contact.id]
    : ((await store.contacts.person(workspace, contactId(ref)))?.ids ?? []);
  if (id !== undefined) await intake.ask(workspace, 'erase', { contact: id });
  return id;
}

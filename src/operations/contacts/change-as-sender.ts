import {
  changeBySender,
  type SenderRights,
  type Withheld,
} from '../../core/contacts/change-by-sender';
import { consentsWhere } from '../../core/contacts/consents-where';
import type { Contact, ContactChange, ContactRef } from '../../core/contacts/contact';
import type { WorkspaceId } from '../../core/ids';
import { resolveContact } from '../../intake/resolve-contact';
import type { ChangingContacts } from './change-contact';
import { keepByAddress } from './keep-by-address';

type SentChange = Readonly<{ contact: ContactRef; change: ContactChange; rights: SenderRights }>;

/**
 * Changes a contact as far as its sender may, and answers the rest. A withdrawal is
 * kept by its address as well; what a sender calls given lifts none. A repeat changes nothing.
 */
export async function changeAsSender(
  dependencies: ChangingContacts,
  workspace: WorkspaceId,
  { contact, change, rights }: SentChange,
): Promise<Readonly<{ changed: Contact; withheld: readonly Withheld[] }>> {
  const { store, now, newContactId } = dependencies;
  const { id } = await resolveContact({ store, newContactId }, workspace, { ref: contact, now });
  let withheld: readonly Withheld[] = [];
  const limited = (current: Contact) => {
    const allowed = changeBySender(current, change, { rights, now });
    withheld = allowed.withheld;
    return allowed.change;
  };
  const changed = await store.contacts.change(workspace, id, limited, now);
  const consents = consentsWhere(change.consents ?? {}, (word) => word?.given === false);
  await keepByAddress(dependencies, { workspace, contact: changed, consents });
  return { changed, withheld };
}

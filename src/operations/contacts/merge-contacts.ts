import type { Intake } from '../../intake/intake';
import type { SenderRights, Withheld } from '../../core/contacts/change-by-sender';
import type { Contact, ContactChange, ContactRef } from '../../core/contacts/contact';
import { hasRoomFor } from '../../core/contacts/room-for-ids';
import { hasRoomForValues } from '../../core/contacts/room-for-values';
import { withoutRoom, withoutRoomForValues } from '../../core/decisions/without-room';
import type { WorkspaceId } from '../../core/ids';
import { changeAsSender } from './change-as-sender';
import type { ChangingContacts } from './change-contact';

type Dependencies = ChangingContacts &
  Readonly<{ intake: Pick<Intake, 'ask'>; rights: SenderRights }>;

type Identification = Readonly<{ contact: ContactRef; change: ContactChange }>;

/**
 * Changes a contact that says who it is. The deeds of the anonymous visitor of the same message
 * become the user's. A visitor who is known as somebody else is left alone, since two users merge
 * by `alias` only. Answers what its sender may not change.
 */
export async function identify(
  dependencies: Dependencies,
  workspace: WorkspaceId,
  { contact, change }: Identification,
): Promise<readonly Withheld[]> {
  const { store, rights } = dependencies;
  const sent = { contact, change, rights };
  const { changed, withheld } = await changeAsSender(dependencies, workspace, sent);
  const { userId, anonymousId } = contact;
  if (userId === undefined || anonymousId === undefined) return withheld;
  const visitor = await store.contacts.find(workspace, { anonymousId });
  if (!visitor || visitor.id === changed.id || visitor.userId !== undefined) return withheld;
  await mergeWithRoom(dependencies, workspace, [changed, visitor]);
  return withheld;
}

/**
 * Says that two ids are one person. They are `previousId`, a userId or an anonymousId, and the
 * contact of the message. An id that nobody has yet leads to that contact from then on. Two users
 * become one, and an unknown userId is taken, only where the sender may write contacts. Answers
 * false where that is missing. Saying it again changes nothing.
 */
export async function alias(
  dependencies: Dependencies,
  workspace: WorkspaceId,
  { contact, previousId }: Readonly<{ contact: ContactRef; previousId: string }>,
): Promise<boolean> {
  const { store, now, newContactId, rights } = dependencies;
  const { contacts } = store;
  const resolve = (ref: ContactRef) =>
    contacts.resolve(workspace, ref, { newId: newContactId, now });
  const known =
    (await contacts.find(workspace, { userId: previousId })) ??
    (await contacts.find(workspace, { anonymousId: previousId }));
  const isVisitor = known !== undefined && known.userId === undefined;
  const current = await resolve(isVisitor ? { ...contact, anonymousId: previousId } : contact);
  if (known && !isVisitor && known.id !== current.id && !rights.writesContacts) return false;
  const unknown = {
    anonymousId: previousId,
    ...(rights.writesContacts && { userId: previousId }),
  };
  const previous = known ?? (await resolve(unknown));
  await mergeWithRoom(dependencies, workspace, [current, previous]);
  return true;
}

/**
 * Merges two contacts, unless one has no room for the ids of the other. Traits and tags without
 * room are left out. The refusals say both.
 */
async function mergeWithRoom(
  { store, intake, now }: Dependencies,
  workspace: WorkspaceId,
  [one, other]: readonly [Contact, Contact],
): Promise<void> {
  if (one.id === other.id || hasRoomFor(one, other)) {
    if (one.id !== other.id && !hasRoomForValues(one, other)) {
      await store.decisions.record([withoutRoomForValues({ workspace, contact: one.id }, now)]);
    }
    await intake.ask(workspace, 'merge', { pair: [one.id, other.id] });
    return;
  }
  await store.decisions.record([withoutRoom({ workspace, contact: one.id }, now)]);
}

import { channels } from '../../core/channels';
import type { ConsentLine } from '../../core/contacts/consents/consent-line';
import { personIdsOf } from '../../core/contacts/contact';
import { internationalNumber } from '../../core/contacts/reach/phone-number';
import type { Decision } from '../../core/decisions/decision';
import type { Enrollment } from '../../core/enrollments/enrollment';
import type { ContactId, WorkspaceId } from '../../core/ids';
import type { Message } from '../../core/messages/message';
import type { RecordedEvent } from '../../core/events/recorded-event';
import type { StoredContact } from '../../store/contacts/contact-row';
import type { Page, PageRequest } from '../../store/mongo/page';
import type { Store } from '../../store/store';
import type { SuppressedAddress } from '../../store/suppressions';
import { contactNamed } from './change-contact';

type Dependencies = Readonly<{
  store: Pick<
    Store,
    'consents' | 'contacts' | 'events' | 'enrollments' | 'decisions' | 'messages' | 'suppressions'
  >;
}>;

/** Read as it is asked for, a page at a time; nothing is left out. */
export type Pages<Item> = AsyncIterable<readonly Item[]>;

/** Everything held about a person, under every id it has had. */
export type HeldAbout = Readonly<{
  contact: StoredContact;
  /** Contacts that were merged into it, as they were then. */
  merged: Pages<StoredContact>;
  /** Oldest first. */
  events: Pages<RecordedEvent>;
  /** Latest first, as are decisions, messages and consents. */
  enrollments: Pages<Enrollment>;
  decisions: Pages<Decision>;
  messages: Pages<Message>;
  consents: Pages<ConsentLine>;
  suppressions: Pages<SuppressedAddress>;
}>;

/**
 * Everything held about the contact that a path names, by our id or by userId. It is undefined
 * where nobody is named, or the contact was erased. Events that come in meanwhile may or may not be
 * in it.
 */
export async function exportContact(
  { store }: Dependencies,
  workspace: WorkspaceId,
  ref: string,
): Promise<HeldAbout | undefined> {
  const named = await contactNamed({ store }, workspace, ref);
  const contact = named && (await store.contacts.stored(workspace, named.id));
  if (!contact) return undefined;
  const ids = personIdsOf(contact);
  const { events, enrollments, decisions, messages, consents } = store;
  await store.contacts.recordOwed(workspace, contact.id);
  return {
    contact,
    merged: storedUnder({ store }, workspace, ids.slice(1)),
    events: paged((page) => events.history(workspace, ids, page)),
    enrollments: paged((page) => enrollments.list(workspace, { contact: ids }, page)),
    decisions: paged((page) => decisions.ofContact(workspace, ids, page)),
    messages: paged((page) => messages.list(workspace, { contact: ids }, page)),
    consents: paged((page) => consents.ofContact(workspace, ids, page)),
    suppressions: suppressionsOf({ store }, workspace, ids),
  };
}

/** An event has up to 1 MiB. So a page of them stays within some megabytes. */
const limit = 20;

async function* paged<Item>(read: (page: PageRequest) => Promise<Page<Item>>) {
  let page = await read({ limit });
  yield page.data;
  while (page.nextCursor !== undefined) {
    page = await read({ limit, cursor: page.nextCursor });
    yield page.data;
  }
}

async function* storedUnder(
  { store }: Dependencies,
  workspace: WorkspaceId,
  ids: readonly ContactId[],
) {
  for (const id of ids) {
    const contact = await store.contacts.stored(workspace, id);
    if (contact) yield [contact];
  }
}

async function* suppressionsOf(
  { store }: Dependencies,
  workspace: WorkspaceId,
  ids: readonly ContactId[],
) {
  const seen = new Set<string>();
  for await (const [contact] of storedUnder({ store }, workspace, ids)) {
    for (const address of contact ? addressesOf(contact) : []) {
      if (seen.has(address.toLowerCase())) continue;
      seen.add(address.toLowerCase());
      for (const channel of channels) {
        const found = await store.suppressions.ofAddress(workspace, channel, address);
        yield found.map((suppression) => ({ ...suppression, address }));
      }
    }
  }
}

/** Every address that a channel may know the contact by. A number is suppressed in one form. */
function addressesOf({ emails, phone }: StoredContact): readonly string[] {
  return [...emails, ...(phone === undefined ? [] : [internationalNumber(phone) ?? phone])];
}

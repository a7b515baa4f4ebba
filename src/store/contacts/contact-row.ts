import type { Instant } from '../../core/time/clock';
import type { ConsentLine } from '../../core/contacts/consents/consent-line';
import type { Contact, ContactRef, ExternalId } from '../../core/contacts/contact';
import { hasRoomFor } from '../../core/contacts/room-for-ids';
import type { ContactId, WorkspaceId } from '../../core/ids';

/** The number of lines of a contact. `owed` are those that the ledger may lack. */
export type ConsentOutbox = Readonly<{ count: number; owed: readonly ConsentLine[] }>;

export type ContactRow = Omit<Contact, 'id'> &
  Readonly<{
    _id: ContactId;
    workspace: WorkspaceId;
    /** The identities that find the contact; unique in a workspace. */
    identities: readonly string[];
    emailKey?: string;
    /** The contact this one was merged into: its identities lead there from then on. */
    mergedInto?: ContactId;
    /** Nothing personal is left; the row only says that this id is nobody any more. */
    erasedAt?: Instant;
    /** Counts the changes: each rests on the one before. */
    revision: number;
    outbox?: ConsentOutbox;
  }>;

/** Fields of a row that are to change. An undefined field is to be taken away. */
export type ContactFields = { readonly [Name in keyof ContactRow]?: ContactRow[Name] | undefined };

/**
 * A contact with its identities, such as `user:ada`, and its e-mail addresses. These are the
 * address it has and those it is found by.
 */
export type StoredContact = Contact &
  Readonly<Pick<ContactRow, 'identities'>> &
  Readonly<{ emails: readonly string[] }>;

export const emailKeyOf = (email: string): string => email.toLowerCase();

const userIdentity = (userId: string) => `user:${userId}`;
const anonymousIdentity = (anonymousId: string) => `anon:${anonymousId}`;
const emailIdentity = (email: string) => `email:${emailKeyOf(email)}`;
const externalIdentity = ({ type, id }: ExternalId) => `ext:${encodeURIComponent(type)}:${id}`;

export function contactOf(row: ContactRow): Contact {
  const { _id, workspace: _workspace, identities: _identities, ...rest } = row;
  const { emailKey: _emailKey, mergedInto: _mergedInto, erasedAt: _erasedAt, ...shown } = rest;
  const { revision: _revision, outbox: _outbox, ...contact } = shown;
  return { id: _id, ...contact };
}

export function storedContactOf(row: ContactRow): StoredContact {
  const { identities, email } = row;
  const found = identities.filter((identity) => identity.startsWith(emailIdentity('')));
  const others = found.map((identity) => identity.slice(emailIdentity('').length));
  return {
    ...contactOf(row),
    identities,
    emails: [...(email === undefined ? [] : [email]), ...others],
  };
}

/** The identities a ref gives, the strongest first. */
export function idsIn({ userId, externalIds = [], anonymousId }: ContactRef): readonly string[] {
  return [
    ...(userId === undefined ? [] : [userIdentity(userId)]),
    ...externalIds.map(externalIdentity),
    ...(anonymousId === undefined ? [] : [anonymousIdentity(anonymousId)]),
  ];
}

/** The addresses that stand for a contact, because the ref says nothing better. */
export function addressesIn({ userId, anonymousId, email, phone }: ContactRef): readonly string[] {
  if (userId !== undefined || anonymousId !== undefined) return [];
  return [
    ...(email === undefined ? [] : [emailIdentity(email)]),
    ...(phone === undefined ? [] : [`phone:${phone}`]),
  ];
}

export function newRow(
  own: Readonly<{ _id: ContactId; workspace: WorkspaceId }>,
  ref: ContactRef,
  { free, now }: Readonly<{ free: readonly string[]; now: Instant }>,
): ContactRow {
  const blank = { identities: [], anonymousIds: [], externalIds: [], tags: [] };
  const row = {
    ...own,
    ...blank,
    traits: {},
    consents: {},
    createdAt: now,
    updatedAt: now,
    revision: 0,
  };
  return { ...row, ...gainOf(row, ref, free) };
}

type Gain = Partial<
  Pick<
    ContactRow,
    'identities' | 'userId' | 'anonymousIds' | 'externalIds' | 'email' | 'emailKey' | 'phone'
  >
>;

/** The `free` identities that a contact gains from a ref. It gains an address where it has none. */
export function gainOf(row: ContactRow, ref: ContactRef, free: readonly string[]): Gain {
  const isRoom = hasRoomFor(row);
  const identities = free.filter((identity) => isRoom && !isOtherUser(row, identity));
  const { userId, anonymousId, externalIds = [] } = ref;
  const gained = externalIds.filter((id) => identities.includes(externalIdentity(id)));
  const isGained = (identity: string) => identities.includes(identity);
  return {
    ...(identities.length > 0 && { identities: [...row.identities, ...identities] }),
    ...(userId !== undefined && isGained(userIdentity(userId)) && { userId }),
    ...(anonymousId !== undefined &&
      isGained(anonymousIdentity(anonymousId)) && {
        anonymousIds: [...row.anonymousIds, anonymousId],
      }),
    ...(gained.length > 0 && { externalIds: [...row.externalIds, ...gained] }),
    ...missingAddresses(row, ref),
  };
}

function isOtherUser({ userId }: ContactRow, identity: string): boolean {
  return userId !== undefined && identity.startsWith(userIdentity(''));
}

function missingAddresses(row: ContactRow, { email, phone }: ContactRef): Gain {
  return {
    ...(row.email === undefined && email !== undefined && { email, emailKey: emailKeyOf(email) }),
    ...(row.phone === undefined && phone !== undefined && { phone }),
  };
}

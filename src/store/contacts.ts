import type { Connection } from 'mongoose';
import type { Instant } from '../journeys/clock';
import type { Contact, ContactChange, ContactRef } from '../journeys/contact';
import { DomainError } from '../journeys/domain-error';
import type { ContactId, WorkspaceId } from '../journeys/ids';
import { json, type Collection } from './collection';
import type { Scope } from './connection';
import { fieldsAfter } from './contact-change';
import {
  addressesIn,
  contactOf,
  emailKeyOf,
  gainOf,
  idsIn,
  newRow,
  type ContactRow,
} from './contact-row';
import { createRows, type Rows } from './rows';

/** Where the id and the time of a new contact come from. */
export type Birth = Readonly<{ newId: () => ContactId; now: Instant }>;

export type Contacts = Readonly<{
  /**
   * The contact a ref names, created once where nobody is found. It is looked for by id, userId, externalIds and
   * anonymousId; by e-mail or phone only where neither userId nor anonymousId is given, and then the oldest counts.
   * Ids and addresses it does not have yet and nobody else owns become its own. A contact with another userId is
   * never meant. Throws `not-found` for an unknown `id`, `invalid` for an empty ref.
   */
  resolve: (workspace: WorkspaceId, ref: ContactRef, birth: Birth) => Promise<Contact>;
  /** Like `resolve`, changing nothing. */
  find: (workspace: WorkspaceId, ref: ContactRef) => Promise<Contact | undefined>;
  /** Inside `causally` it is as new as any write acknowledged before. */
  findById: (workspace: WorkspaceId, id: ContactId) => Promise<Contact | undefined>;
  /** Traits are merged by key; a consent gives way to a newer one of its purpose and channel. Throws `not-found`. */
  change: (
    workspace: WorkspaceId,
    id: ContactId,
    change: ContactChange,
    now: Instant,
  ) => Promise<Contact>;
}>;

type Match = Readonly<{ row: ContactRow | undefined; owned: ReadonlySet<string> }>;

const collection: Collection = {
  name: 'contacts',
  fields: {
    workspace: String,
    identities: [String],
    userId: String,
    anonymousIds: [String],
    externalIds: json,
    email: String,
    emailKey: String,
    phone: String,
    locale: String,
    timeZone: String,
    traits: json,
    tags: [String],
    consents: json,
    createdAt: Number,
    updatedAt: Number,
    revision: Number,
  },
  indexes: [
    [{ workspace: 1, identities: 1 }, { unique: true }],
    [{ workspace: 1, emailKey: 1, createdAt: 1 }],
    [{ workspace: 1, phone: 1, createdAt: 1 }],
  ],
};

/** Each round one of the callers that race each other succeeds. */
const attempts = 100;

export function createContacts(connection: Connection, scope: Scope): Contacts {
  const rows = createRows<ContactRow>(connection, collection, scope);
  return {
    resolve: (workspace, ref, birth) => resolve(rows, workspace, ref, birth),
    find: async (workspace, ref) => {
      const { row } = await match(rows, workspace, ref);
      return row && contactOf(row);
    },
    findById: async (workspace, id) => {
      const [row] = await rows.allStrictly({ workspace, _id: id });
      return row && contactOf(row);
    },
    change: (workspace, id, change, now) => applyChange(rows, { workspace, _id: id }, change, now),
  };
}

async function resolve(
  rows: Rows<ContactRow>,
  workspace: WorkspaceId,
  ref: ContactRef,
  { newId, now }: Birth,
): Promise<Contact> {
  refuseEmpty(ref);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { row, owned } = await match(rows, workspace, ref);
    if (!row && ref.id !== undefined) throw notFound(ref.id);
    const isFree = (identity: string) => !owned.has(identity);
    const settled = row
      ? await gain(rows, row, gainOf(row, ref, idsIn(ref).filter(isFree)), now)
      : await create(
          rows,
          newRow({ _id: newId(), workspace }, ref, {
            free: [...idsIn(ref), ...addressesIn(ref)].filter(isFree),
            now,
          }),
        );
    if (settled) return contactOf(settled);
  }
  throw contended();
}

async function create(rows: Rows<ContactRow>, row: ContactRow): Promise<ContactRow | undefined> {
  return (await rows.insert(row)) ? row : undefined;
}

async function gain(
  rows: Rows<ContactRow>,
  row: ContactRow,
  gained: Partial<ContactRow>,
  now: Instant,
): Promise<ContactRow | undefined> {
  return Object.keys(gained).length === 0 ? row : replace(rows, row, { ...gained, updatedAt: now });
}

/** Undefined where the row has changed since, or where another took one of the identities. */
function replace(
  rows: Rows<ContactRow>,
  { workspace, _id, revision }: ContactRow,
  fields: Partial<ContactRow>,
): Promise<ContactRow | undefined> {
  return rows.changed({ workspace, _id, revision }, { $set: fields, $inc: { revision: 1 } });
}

async function match(
  rows: Rows<ContactRow>,
  workspace: WorkspaceId,
  ref: ContactRef,
): Promise<Match> {
  const identities = [...idsIn(ref), ...addressesIn(ref)];
  const owners =
    identities.length > 0 ? await rows.all({ workspace, identities: { $in: identities } }) : [];
  const owned = new Set(owners.flatMap((owner) => owner.identities));
  if (ref.id !== undefined) return { row: await rows.first({ workspace, _id: ref.id }), owned };
  const row =
    firstOwner(owners, idsIn(ref), ref) ??
    (await byAddress(rows, workspace, ref)) ??
    firstOwner(owners, addressesIn(ref), ref);
  return { row, owned };
}

function firstOwner(
  owners: readonly ContactRow[],
  identities: readonly string[],
  { userId }: ContactRef,
): ContactRow | undefined {
  const meant = owners.filter(
    (owner) => [userId, owner.userId].includes(undefined) || owner.userId === userId,
  );
  return identities.flatMap((identity) =>
    meant.filter((owner) => owner.identities.includes(identity)),
  )[0];
}

async function byAddress(
  rows: Rows<ContactRow>,
  workspace: WorkspaceId,
  ref: ContactRef,
): Promise<ContactRow | undefined> {
  if (addressesIn(ref).length === 0) return undefined;
  const oldest = { createdAt: 1, _id: 1 } as const;
  const { email, phone } = ref;
  const byEmail =
    email === undefined
      ? undefined
      : await rows.first({ workspace, emailKey: emailKeyOf(email) }, oldest);
  return (
    byEmail ?? (phone === undefined ? undefined : await rows.first({ workspace, phone }, oldest))
  );
}

async function applyChange(
  rows: Rows<ContactRow>,
  own: Readonly<{ workspace: WorkspaceId; _id: ContactId }>,
  change: ContactChange,
  now: Instant,
): Promise<Contact> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const row = await rows.first(own);
    if (!row) throw notFound(own._id);
    const changed = await replace(rows, row, { ...fieldsAfter(row, change), updatedAt: now });
    if (changed) return contactOf(changed);
  }
  throw contended();
}

function refuseEmpty(ref: ContactRef): void {
  const { id, ...rest } = ref;
  if (id !== undefined || idsIn(rest).length + addressesIn(rest).length > 0) return;
  throw new DomainError(
    'invalid',
    'A contact needs an id, userId, anonymousId, externalIds, email or phone.',
  );
}

function notFound(id: string): DomainError {
  return new DomainError('not-found', `There is no contact "${id}" in this workspace.`);
}

function contended(): DomainError {
  return new DomainError('unavailable', 'A contact is being changed by many at once; try again.');
}

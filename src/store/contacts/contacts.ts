import type { Connection } from 'mongoose';
import type { Instant } from '../../core/time/clock';
import type { Contact, ContactChange, ContactRef } from '../../core/contacts/contact';
import { DomainError } from '../../core/domain-error';
import type { ContactId, WorkspaceId } from '../../core/ids';
import type { StoreScope } from '../mongo/connection';
import { chainFrom, type Merged } from './contact-chain';
import { createRecordLines } from './consents/consent-ledger';
import { withLedger } from './consents/consent-outbox';
import { fieldsAfter } from './contact-change';
import { contactCollection } from './contact-collection';
import { eraseRows, personOf, type Person } from './contact-erase';
import { match, type ContactRows } from './contact-match';
import { mergeRows, pairToMerge, type Pair } from './contact-merge';
import { contended, roundsOfContention } from './contact-revision';
import {
  addressesIn,
  contactOf,
  gainOf,
  idsIn,
  newRow,
  storedContactOf,
  type ContactRow,
  type StoredContact,
} from './contact-row';
import { createContactWriter } from './contact-writer';
import { createRows, type Rows } from '../mongo/rows';

/** The id and the time for a new contact. */
export type Birth = Readonly<{ newId: () => ContactId; now: Instant }>;

export type Contacts = Readonly<{
  /**
   * The contact that a ref names, created once where nobody is found. It is looked for by id,
   * userId, externalIds and anonymousId; by e-mail or phone only where neither userId nor
   * anonymousId is given, and then the oldest counts. Ids and addresses that nobody owns become its
   * own. A contact with another userId is never meant. A merged contact stands for its survivor.
   * Throws `not-found` for an unknown or erased `id`, `invalid` for an empty ref.
   */
  resolve: (workspace: WorkspaceId, ref: ContactRef, birth: Birth) => Promise<Contact>;
  /** Like `resolve`, changing nothing. */
  find: (workspace: WorkspaceId, ref: ContactRef) => Promise<Contact | undefined>;
  /**
   * The survivor of a merge stands for all; undefined for an erased one. Inside `causally` as new
   * as any write acknowledged before.
   */
  findById: (workspace: WorkspaceId, id: ContactId) => Promise<Contact | undefined>;
  /** The contact stored under this very id, also after a merge. Undefined for an erased contact. */
  stored: (workspace: WorkspaceId, id: ContactId) => Promise<StoredContact | undefined>;
  /**
   * Merges traits by key; null takes a value away. `consentAfter` decides which consent of a
   * purpose and channel counts, and each change of it becomes a line of the ledger. A change that
   * depends on the contact is asked for again where another write came between. Throws
   * `not-found`.
   */
  change: (
    workspace: WorkspaceId,
    id: ContactId,
    change: ContactChange | ((current: Contact) => ContactChange),
    now: Instant,
  ) => Promise<Contact>;
  /** Writes to the ledger what a crash has kept from it. */
  recordOwed: (workspace: WorkspaceId, id: ContactId) => Promise<void>;
  /**
   * Every id of the person that an id stands for. Inside `causally` it is as new as any merge
   * acknowledged before.
   */
  person: (workspace: WorkspaceId, id: ContactId) => Promise<Person | undefined>;
  /**
   * The merge that two contacts would make now. Undefined where they are one contact already, or
   * a contact is gone.
   */
  wouldMerge: (workspace: WorkspaceId, pair: Pair) => Promise<Merged | undefined>;
  /**
   * Makes two contacts one: a known one survives, else the older. Answers every merge that leads
   * from the two to the one they are. May be interrupted anywhere and repeated; callers that race
   * each other come to the same end.
   */
  merge: (workspace: WorkspaceId, pair: Pair, now: Instant) => Promise<readonly Merged[]>;
  /**
   * Takes all personal data out of a contact and its aliases, and frees their identities. A repeat
   * changes nothing.
   */
  erase: (workspace: WorkspaceId, id: ContactId, now: Instant) => Promise<Person | undefined>;
}>;

export function createContacts(connection: Connection, scope: StoreScope): Contacts {
  const created = createRows<ContactRow>(connection, contactCollection, scope);
  const record = createRecordLines(connection, scope);
  const write = withLedger(createContactWriter(created), record);
  const rows = { ...created, ownersOf: created.searchBy('identities'), write };
  return {
    resolve: (workspace, ref, birth) => resolve(rows, workspace, ref, birth),
    find: async (workspace, ref) => {
      const { row } = await match(rows, workspace, ref);
      return row && contactOf(row);
    },
    findById: async (workspace, id) => {
      const row = (await chainFrom(rows, workspace, id)).at(-1);
      return row?.erasedAt === undefined ? row && contactOf(row) : undefined;
    },
    stored: async (workspace, id) => {
      const row = await rows.get(workspace, id);
      return row?.erasedAt === undefined ? row && storedContactOf(row) : undefined;
    },
    recordOwed: async (workspace, id) => {
      const row = (await chainFrom(rows, workspace, id)).at(-1);
      await record(row?.outbox?.owed ?? []);
    },
    change: (workspace, id, change, now) => applyChange(rows, { workspace, id }, change, now),
    person: (workspace, id) => personOf(rows, workspace, id),
    wouldMerge: async (workspace, pair) => {
      const found = await pairToMerge(rows, workspace, pair);
      return found && { survivor: found[0]._id, merged: found[1]._id };
    },
    merge: (workspace, pair, now) => mergeRows(rows, workspace, { pair, now }),
    erase: (workspace, id, now) => eraseRows(rows, workspace, { id, now }),
  };
}

async function resolve(
  rows: ContactRows,
  workspace: WorkspaceId,
  ref: ContactRef,
  { newId, now }: Birth,
): Promise<Contact> {
  refuseEmpty(ref);
  for (let round = 0; round < roundsOfContention; round += 1) {
    const { row, owned } = await match(rows, workspace, ref);
    if (!row && ref.id !== undefined) throw notFound(ref.id);
    const isFree = (identity: string) => !owned.has(identity);
    const settled = row
      ? await gain(rows, row, { ref, free: idsIn(ref).filter(isFree), now })
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

type Gaining = Readonly<{ ref: ContactRef; free: readonly string[]; now: Instant }>;

async function gain(
  { write }: ContactRows,
  row: ContactRow,
  { ref, free, now }: Gaining,
): Promise<ContactRow | undefined> {
  const gainedBy = (current: ContactRow) =>
    gainOf(
      current,
      ref,
      free.filter((identity) => !current.identities.includes(identity)),
    );
  if (Object.keys(gainedBy(row)).length === 0) return row;
  return write(row, (current) => {
    // It has become somebody's since it was read, so that the ref may mean another.
    if (ref.userId !== undefined && current.userId !== row.userId) return undefined;
    const gained = gainedBy(current);
    return Object.keys(gained).length === 0 ? {} : { ...gained, updatedAt: now };
  });
}

async function applyChange(
  rows: ContactRows,
  { workspace, id }: Readonly<{ workspace: WorkspaceId; id: ContactId }>,
  change: Parameters<Contacts['change']>[2],
  now: Instant,
): Promise<Contact> {
  for (let round = 0; round < roundsOfContention; round += 1) {
    const row = (await chainFrom(rows, workspace, id)).at(-1);
    if (!row || row.erasedAt !== undefined) throw notFound(id);
    const changed = await rows.write(row, (current) => ({
      ...fieldsAfter(
        current,
        typeof change === 'function' ? change(contactOf(current)) : change,
        now,
      ),
      updatedAt: now,
    }));
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

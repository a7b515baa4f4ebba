import type { ContactRef } from '../../core/contacts/contact';
import { contactId, type WorkspaceId } from '../../core/ids';
import { chainFrom, standingFor } from './contact-chain';
import { addressesIn, emailKeyOf, idsIn, type ContactRow } from './contact-row';
import type { WriteContact } from './contact-writer';
import type { Rows, Search } from '../mongo/rows';

/** The rows of contacts, those that own identities, and the way to change them. */
export type ContactRows = Rows<ContactRow> &
  Readonly<{ ownersOf: Search<ContactRow>; write: WriteContact }>;

/** The contact a ref means, and the identities in it that belong to somebody. */
export type Match = Readonly<{ row: ContactRow | undefined; owned: ReadonlySet<string> }>;

/** A merged contact stands for its survivor, an erased contact for nobody. */
export async function match(
  rows: ContactRows,
  workspace: WorkspaceId,
  ref: ContactRef,
): Promise<Match> {
  const identities = [...idsIn(ref), ...addressesIn(ref)];
  const found = identities.length > 0 ? await rows.ownersOf(workspace, identities) : [];
  const owned = new Set(found.flatMap((owner) => owner.identities));
  const row = await meant(rows, workspace, { ref, found });
  return { row: row?.erasedAt === undefined ? row : undefined, owned };
}

type Sought = Readonly<{ ref: ContactRef; found: readonly ContactRow[] }>;

async function meant(
  rows: Rows<ContactRow>,
  workspace: WorkspaceId,
  { ref, found }: Sought,
): Promise<ContactRow | undefined> {
  if (ref.id !== undefined) return (await chainFrom(rows, workspace, contactId(ref.id))).at(-1);
  const owners = await Promise.all(
    found.map(async ({ identities, ...row }) => ({
      identities,
      row: await standingFor(rows, { identities, ...row }),
    })),
  );
  return (
    firstOwner(owners, idsIn(ref), ref) ??
    (await byAddress(rows, workspace, ref)) ??
    firstOwner(owners, addressesIn(ref), ref)
  );
}

type Owner = Readonly<{ identities: readonly string[]; row: ContactRow }>;

/**
 * The owner of the strongest identity. A ref with an unknown userId never means a contact that has
 * another userId.
 */
function firstOwner(
  owners: readonly Owner[],
  identities: readonly string[],
  { userId }: ContactRef,
): ContactRow | undefined {
  const ownerOf = (identity: string) => owners.find((owner) => owner.identities.includes(identity));
  const [named] = userId === undefined ? [] : idsIn({ userId });
  const known = named === undefined ? undefined : ownerOf(named);
  if (known) return known.row;
  const isMeant = ({ row }: Owner) => userId === undefined || row.userId === undefined;
  return identities.map(ownerOf).find((owner) => owner && isMeant(owner))?.row;
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
  const found =
    byEmail ?? (phone === undefined ? undefined : await rows.first({ workspace, phone }, oldest));
  return found && standingFor(rows, found);
}

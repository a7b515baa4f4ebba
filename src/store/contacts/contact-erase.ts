import type { Instant } from '../../core/time/clock';
import type { ContactId, WorkspaceId } from '../../core/ids';
import { chainFrom, standingFor } from './contact-chain';
import { contended, roundsOfContention } from './contact-revision';
import type { ContactRow } from './contact-row';
import type { Rows } from '../mongo/rows';

/** All ids of one person, the surviving contact's first. */
export type Person = Readonly<{ ids: readonly ContactId[] }>;

export async function personOf(
  rows: Rows<ContactRow>,
  workspace: WorkspaceId,
  id: ContactId,
): Promise<Person | undefined> {
  const chain = await chainFrom(rows, workspace, id);
  const standing = chain.at(-1);
  return standing && { ids: idsIn(standing, chain) };
}

/**
 * Takes everything personal out of a contact and of those merged into it. It frees their
 * identities, so that the next event makes a new contact. The contact that stands for them comes
 * last: whatever is merged into it meanwhile is found again.
 */
export async function eraseRows(
  rows: Rows<ContactRow>,
  workspace: WorkspaceId,
  { id, now }: Readonly<{ id: ContactId; now: Instant }>,
): Promise<Person | undefined> {
  for (let round = 0; round < roundsOfContention; round += 1) {
    const chain = await chainFrom(rows, workspace, id);
    const standing = chain.at(-1);
    if (!standing) return undefined;
    if (await isLedToAbsorber(rows, standing)) continue;
    const family = { ids: idsIn(standing, chain) };
    if (standing.erasedAt !== undefined) return family;
    for (const alias of family.ids.filter((other) => other !== standing._id)) {
      await rows.change({ workspace, _id: alias }, erasing(alias, now));
    }
    const { _id, revision } = standing;
    if (await rows.change({ workspace, _id, revision }, erasing(_id, now))) return family;
  }
  throw contended();
}

/** A merge under way may have left a copy in another contact. That contact is erased as well. */
async function isLedToAbsorber(rows: Rows<ContactRow>, standing: ContactRow): Promise<boolean> {
  const { workspace, _id } = standing;
  for (const absorber of await rows.all({ workspace, aliases: _id })) {
    if ((await standingFor(rows, absorber))._id === _id) continue;
    return rows.change(
      { workspace, _id, mergedInto: { $exists: false } },
      { $set: { mergedInto: absorber._id }, $inc: { revision: 1 } },
    );
  }
  return false;
}

function idsIn(standing: ContactRow, chain: readonly ContactRow[]): readonly ContactId[] {
  const merged = chain.map(({ _id }) => _id);
  return [...new Set([standing._id, ...(standing.aliases ?? []), ...merged])];
}

/** A unique index takes two empty lists for equal, hence an identity that is nobody's. */
function erasing(id: ContactId, now: Instant) {
  return {
    $set: {
      identities: [`erased:${id}`],
      anonymousIds: [],
      externalIds: [],
      traits: {},
      tags: [],
      consents: {},
      erasedAt: now,
      updatedAt: now,
    },
    $unset: { userId: 1, email: 1, emailKey: 1, phone: 1, locale: 1, timeZone: 1, outbox: 1 },
    $inc: { revision: 1 },
  } as const;
}

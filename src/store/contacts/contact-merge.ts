import type { Instant } from '../../core/time/clock';
import type { ContactId, WorkspaceId } from '../../core/ids';
import { fieldsAbsorbing } from './contact-absorb';
import { chainFrom, mergesIn, type Merged } from './contact-chain';
import { contended, replace, roundsOfContention } from './contact-revision';
import type { ContactRow } from './contact-row';
import type { ContactRows } from './contact-match';
import type { Rows } from '../mongo/rows';

export type Pair = readonly [ContactId, ContactId];

/**
 * The two contacts of a merge, of which the first survives. Undefined where they are the same
 * contact, or a contact is gone.
 */
export async function pairToMerge(
  rows: Rows<ContactRow>,
  workspace: WorkspaceId,
  pair: Pair,
): Promise<readonly [survivor: ContactRow, merged: ContactRow] | undefined> {
  const chains = await Promise.all(pair.map((id) => chainFrom(rows, workspace, id)));
  const [one, other] = chains.map((chain) => chain.at(-1));
  if (!one || !other || one._id === other._id) return undefined;
  if (one.erasedAt !== undefined || other.erasedAt !== undefined) return undefined;
  return isBefore(one, other) ? [one, other] : [other, one];
}

/**
 * Merges two contacts. It answers every merge that leads from either to the survivor. Two writes:
 * the survivor takes the other in, together with others that are merged into it meanwhile, then the
 * other points to it, if it has not changed since it was read. The second is the merge; repeating
 * all of it completes what a crash has left, and changes nothing that is complete.
 */
export async function mergeRows(
  rows: Rows<ContactRow> & Pick<ContactRows, 'write'>,
  workspace: WorkspaceId,
  { pair, now }: Readonly<{ pair: Pair; now: Instant }>,
): Promise<readonly Merged[]> {
  for (let round = 0; round < roundsOfContention; round += 1) {
    const found = await pairToMerge(rows, workspace, pair);
    if (!found) return mergesOf(rows, workspace, pair);
    const [survivor, merged] = found;
    const absorbed = await rows.write(survivor, (current) =>
      mayTakeIn(current, merged)
        ? { ...fieldsAbsorbing(current, merged, now), updatedAt: now }
        : undefined,
    );
    if (!absorbed) continue;
    await replace(rows, merged, { mergedInto: survivor._id, updatedAt: now });
  }
  throw contended();
}

/** False where the survivor was merged or erased itself since it was read. */
function mayTakeIn(survivor: ContactRow, merged: ContactRow): boolean {
  const isStanding = survivor.mergedInto === undefined && survivor.erasedAt === undefined;
  return isStanding && isBefore(survivor, merged);
}

async function mergesOf(
  rows: Rows<ContactRow>,
  workspace: WorkspaceId,
  pair: Pair,
): Promise<readonly Merged[]> {
  const chains = await Promise.all(pair.map((id) => chainFrom(rows, workspace, id)));
  const merges = chains.flatMap(mergesIn);
  return [...new Map(merges.map((merge) => [merge.merged, merge])).values()];
}

/**
 * Orders a known contact before an anonymous contact, then the older first. Changes only bring a
 * contact forward, so no cycle comes about.
 */
function isBefore(one: ContactRow, other: ContactRow): boolean {
  const isKnown = (row: ContactRow) => row.userId !== undefined;
  if (isKnown(one) !== isKnown(other)) return isKnown(one);
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt;
  return one._id < other._id;
}

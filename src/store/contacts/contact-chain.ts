import type { ContactId, WorkspaceId } from '../../core/ids';
import type { ContactRow } from './contact-row';
import type { Rows } from '../mongo/rows';

/** A merge that has come about. */
export type Merged = Readonly<{ survivor: ContactId; merged: ContactId }>;

/**
 * A row and those it was merged into, in order. The last row stands for them all. Empty for an
 * unknown id.
 */
export async function chainFrom(
  rows: Pick<Rows<ContactRow>, 'get'>,
  workspace: WorkspaceId,
  id: ContactId,
): Promise<readonly ContactRow[]> {
  const chain: ContactRow[] = [];
  let next: ContactId | undefined = id;
  while (next !== undefined) {
    const row: ContactRow | undefined = await rows.get(workspace, next);
    if (!row) break;
    chain.push(row);
    next = row.mergedInto;
  }
  return chain;
}

/** The row that stands for this one. */
export async function standingFor(
  rows: Pick<Rows<ContactRow>, 'get'>,
  row: ContactRow,
): Promise<ContactRow> {
  if (row.mergedInto === undefined) return row;
  return (await chainFrom(rows, row.workspace, row.mergedInto)).at(-1) ?? row;
}

export function mergesIn(chain: readonly ContactRow[]): readonly Merged[] {
  return chain.flatMap(({ _id, mergedInto }) =>
    mergedInto === undefined ? [] : [{ survivor: mergedInto, merged: _id }],
  );
}

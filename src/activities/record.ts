import type { Decision, Note } from '../journeys/decision';
import type { Ending, Enrollment } from '../journeys/enrollment';
import type { Dependencies } from './dependencies';

/** Decisions the workflow took; the sequence number makes their ids, so writing them again changes nothing. */
export function decisionsOf(row: Enrollment, notes: readonly Note[]): readonly Decision[] {
  return notes.map(({ seq, ...note }) => ({
    ...aboutRow(row),
    id: `${row.id}/note/${seq}`,
    ...note,
  }));
}

export function aboutRow({ id, workspace, contact, journey }: Enrollment) {
  return { workspace, contact, enrollment: id, journey };
}

/**
 * Closes the row and says why. If it was closed before, the ending that stands is the one answered and no second
 * decision is written.
 */
export async function closeRow(
  { store }: Pick<Dependencies, 'store'>,
  row: Enrollment,
  ending: Ending,
): Promise<Ending> {
  await store.enrollments.close(row.workspace, row.id, ending);
  const closed = await store.enrollments.find(row.workspace, row.id);
  const standing = closed?.ended ?? ending;
  const { as, because, at, by } = standing;
  await store.decisions.record([
    {
      ...aboutRow(row),
      id: `${row.id}/ended`,
      at,
      kind: 'ended',
      because,
      facts: { as, ...(by && { occurredAt: by.occurredAt }) },
      ...(by && { event: by.event }),
    },
  ]);
  return standing;
}

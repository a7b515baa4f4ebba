import type { Ending, Enrollment } from '../core/enrollments/enrollment';
import type { Store } from '../store/store';

type Ledgers = Readonly<{ store: Pick<Store, 'enrollments' | 'decisions'> }>;

/**
 * Ends a row and says why. A row that has ended keeps the ending it has, which is the one answered and recorded; doing it
 * again changes nothing.
 */
export async function closeRow(
  { store }: Ledgers,
  { id, workspace, contact, journey }: Enrollment,
  ending: Ending,
): Promise<Ending> {
  await store.enrollments.close(workspace, id, ending);
  const standing = (await store.enrollments.find(workspace, id))?.ended ?? ending;
  const { as, because, at, by } = standing;
  await store.decisions.record([
    {
      id: `${id}/ended`,
      workspace,
      contact,
      enrollment: id,
      journey,
      at,
      kind: 'ended',
      because,
      facts: { as, ...(by && { occurredAt: new Date(by.occurredAt).toISOString() }) },
      ...(by && { event: by.event }),
    },
  ]);
  return standing;
}

import { ended } from '../core/decisions/decisions';
import type { Ending, Enrollment } from '../core/enrollments/enrollment';
import type { Store } from '../store/store';

type Ledgers = Readonly<{ store: Pick<Store, 'enrollments' | 'decisions'> }>;

/**
 * Ends a row and says why. A row that has ended keeps the ending it has, which is the one answered and recorded; doing it
 * again changes nothing.
 */
export async function closeRow(
  { store }: Ledgers,
  enrollment: Enrollment,
  ending: Ending,
): Promise<Ending> {
  const { id, workspace } = enrollment;
  await store.enrollments.close(workspace, id, ending);
  const standing = (await store.enrollments.find(workspace, id))?.ended ?? ending;
  await store.decisions.record([ended(enrollment, standing)]);
  return standing;
}

import { ended } from '../core/decisions/decisions';
import type { Ending, Enrollment } from '../core/enrollments/enrollment';
import type { EventKey } from '../core/ids';
import type { Store } from '../store/store';

type Ledgers = Readonly<{ store: Pick<Store, 'enrollments' | 'decisions'> }>;

/**
 * Ends an enrollment and records why. An ended enrollment keeps its ending, which is answered and
 * recorded then. A repeat changes nothing.
 */
export async function closeEnrollment(
  { store }: Ledgers,
  enrollment: Enrollment,
  ending: Ending,
): Promise<Ending> {
  const { id, workspace } = enrollment;
  const isOurs = await store.enrollments.close(workspace, id, ending);
  const found = isOurs ? undefined : await store.enrollments.find(workspace, id);
  const standing = found?.ended ?? ending;
  await store.decisions.record([ended(enrollment, standing)]);
  return standing;
}

/**
 * Ends an enrollment if its snapshot is still the given one. Answers nothing where a refresh came
 * first: the enrollment goes on.
 */
export async function closeUnlessRefreshed(
  { store }: Ledgers,
  enrollment: Enrollment,
  { ending, on }: Readonly<{ ending: Ending; on: EventKey }>,
): Promise<Ending | undefined> {
  const { id, workspace } = enrollment;
  const isOurs = await store.enrollments.close(workspace, id, ending, on);
  const standing = isOurs ? ending : (await store.enrollments.find(workspace, id))?.ended;
  if (standing) await store.decisions.record([ended(enrollment, standing)]);
  return standing;
}

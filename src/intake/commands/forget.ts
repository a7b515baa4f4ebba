import type { ContactId, EnrollmentId, WorkspaceId } from '../../core/ids';
import type { IntakeDependencies } from '../dependencies';

type Person = Readonly<{ workspace: WorkspaceId; ids: readonly ContactId[] }>;

/** Takes what is personal out of everything stored about an erased contact; what happened and why stays. */
export async function forget(
  { store }: Pick<IntakeDependencies, 'store'>,
  { workspace, ids }: Person,
): Promise<void> {
  await store.events.erase(workspace, ids);
  await store.enrollments.erase(workspace, ids);
  await store.decisions.erase(workspace, ids);
}

/** Deletes the workflow histories of these contacts; false while one is still running. */
export async function forgetHistories(
  { store, workflows }: Pick<IntakeDependencies, 'store' | 'workflows'>,
  { workspace, ids }: Person,
): Promise<boolean> {
  const enrollments: readonly EnrollmentId[] = await store.enrollments.idsOf(workspace, ids);
  let isGone = true;
  for (const enrollment of enrollments) {
    if ((await workflows.remove(enrollment)) === 'running') isGone = false;
  }
  return isGone;
}

import type { Enrollment } from '../core/enrollments/enrollment';
import type { ContactId, WorkspaceId } from '../core/ids';
import type { RecordedEvent } from '../core/events/recorded-event';
import type { IntakeDependencies } from './dependencies';

/**
 * Every id under which one person's events are stored. It also holds the open enrollments of all
 * these ids.
 */
export type PersonEnrollments = Readonly<{
  ids: readonly ContactId[];
  open: readonly Enrollment[];
}>;

/** Reads them anew: others open enrollments and merge contacts while an event is being stored. */
export async function enrollmentsOfPerson(
  dependencies: IntakeDependencies,
  { workspace, contact }: Pick<RecordedEvent, 'workspace' | 'contact'>,
): Promise<PersonEnrollments> {
  return openOf(dependencies, workspace, await idsOfPerson(dependencies, workspace, contact));
}

/** The open enrollments of a person whose ids are known. */
export async function openOf(
  { store }: IntakeDependencies,
  workspace: WorkspaceId,
  ids: readonly ContactId[],
): Promise<PersonEnrollments> {
  return { ids, open: await store.enrollments.openOf(workspace, ids) };
}

/** A contact's own id alone where nobody is known by it. */
export async function idsOfPerson(
  { store }: Readonly<{ store: Pick<IntakeDependencies['store'], 'contacts'> }>,
  workspace: WorkspaceId,
  contact: ContactId,
): Promise<readonly ContactId[]> {
  return (await store.contacts.person(workspace, contact))?.ids ?? [contact];
}

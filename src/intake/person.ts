import type { Enrollment } from '../core/enrollments/enrollment';
import type { ContactId, WorkspaceId } from '../core/ids';
import type { RecordedEvent } from '../core/events/recorded-event';
import type { IntakeDependencies } from './dependencies';

/** One person: every id that rows and events may stand under, and the open rows of all of them. */
export type PersonEnrollments = Readonly<{
  ids: readonly ContactId[];
  isErased: boolean;
  rows: readonly Enrollment[];
}>;

type Contacts = Readonly<{ store: Pick<IntakeDependencies['store'], 'contacts'> }>;

/** Reads it anew: rows are opened and contacts merged while an event is being stored. */
export async function enrollmentsOfPerson(
  { store }: IntakeDependencies,
  { workspace, contact }: Pick<RecordedEvent, 'workspace' | 'contact'>,
): Promise<PersonEnrollments> {
  const [family, own] = await Promise.all([
    store.contacts.person(workspace, contact),
    store.enrollments.openOf(workspace, contact),
  ]);
  const ids = family?.ids ?? [contact];
  const others = ids.filter((id) => id !== contact);
  const aliased = others.length > 0 ? await store.enrollments.openOf(workspace, others) : [];
  return { ids, isErased: family?.isErased ?? false, rows: [...own, ...aliased] };
}

export async function idsOfPerson(
  { store }: Contacts,
  workspace: WorkspaceId,
  contact: ContactId,
): Promise<readonly ContactId[]> {
  return (await store.contacts.person(workspace, contact))?.ids ?? [contact];
}

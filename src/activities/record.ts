import { aboutEnrollment } from '../core/decisions/about-row';
import type { Decision, Note } from '../core/decisions/decision';
import type { Enrollment } from '../core/enrollments/enrollment';

/** Decisions the workflow took; the sequence number makes their ids, so writing them again changes nothing. */
export function decisionsOf(row: Enrollment, notes: readonly Note[]): readonly Decision[] {
  return notes.map(({ seq, ...note }) => ({
    ...aboutEnrollment(row),
    id: `${row.id}/note/${seq}`,
    ...note,
  }));
}

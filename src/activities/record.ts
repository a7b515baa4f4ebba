import { aboutRow } from '../journeys/about-row';
import type { Decision, Note } from '../journeys/decision';
import type { Enrollment } from '../journeys/enrollment';

/** Decisions the workflow took; the sequence number makes their ids, so writing them again changes nothing. */
export function decisionsOf(row: Enrollment, notes: readonly Note[]): readonly Decision[] {
  return notes.map(({ seq, ...note }) => ({
    ...aboutRow(row),
    id: `${row.id}/note/${seq}`,
    ...note,
  }));
}

import type { Enrollment } from '../../core/enrollments/enrollment';
import type { ImposedEnd, RecordedEvent } from '../../core/events/recorded-event';
import type { IntakeDependencies } from '../dependencies';
import { storeEngineEvent } from '../commands/engine-event';
import type { PersonEnrollments } from '../person';

/**
 * Ends by an event of its own each row that its contact no longer keeps open: all of an erased one, and of several of the same
 * journey and key, which a merge has brought together, every one but the oldest.
 */
export async function endRows(
  dependencies: IntakeDependencies,
  { isErased, rows }: PersonEnrollments,
): Promise<readonly RecordedEvent[]> {
  const as: ImposedEnd = isErased ? 'erased' : 'merged';
  const ending = isErased ? rows : doublesAmong(rows);
  return Promise.all(
    ending.map(({ id, workspace, contact }) =>
      storeEngineEvent(dependencies, {
        id: `${as}:${id}`,
        name: 'Enrollment Ended',
        workspace,
        contact,
        targets: [{ enrollment: id, effect: { kind: 'exited', as, because: as } }],
      }),
    ),
  );
}

function doublesAmong(rows: readonly Enrollment[]): readonly Enrollment[] {
  const oldest = new Map<string, Enrollment>();
  const oldestFirst = rows.toSorted(
    (one, other) => one.openedAt - other.openedAt || (one.id < other.id ? -1 : 1),
  );
  return oldestFirst.filter((row) => {
    const place = JSON.stringify([row.journey, row.key]);
    if (oldest.has(place)) return true;
    oldest.set(place, row);
    return false;
  });
}

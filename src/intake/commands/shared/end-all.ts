import type { Enrollment } from '../../../core/enrollments/enrollment';
import type { ImposedEnd, RecordedEvent } from '../../../core/events/recorded-event';
import type { IntakeDependencies } from '../../dependencies';
import { storeEngineEvent } from './engine-event';

/** Ends each enrollment by an event of its own, which is settled like any other. */
export async function endAll(
  dependencies: IntakeDependencies,
  enrollments: readonly Enrollment[],
  as: ImposedEnd,
): Promise<readonly RecordedEvent[]> {
  return Promise.all(
    enrollments.map(({ id, workspace, contact }) =>
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

import { closeEnrollment } from '../close-enrollment';
import {
  byOperator,
  enrollmentOf,
  planIntervention,
  type OperatorRequest,
} from './shared/by-operator';
import type { CommandModule } from './shared/command';
import { lookAgainAt } from './shared/look-again';

const stopped = { kind: 'exited', as: 'stopped', because: 'operator' } as const;

/**
 * Ends an enrollment as `stopped`. No send that begins after it was accepted goes out. A workflow
 * that cannot hear of it is terminated.
 */
export const exit = {
  ...byOperator,
  plan: (dependencies, workspace, request: OperatorRequest) =>
    planIntervention(dependencies, workspace, {
      kind: 'exit',
      name: 'Enrollment Exited',
      request,
      effectOn: () => Promise.resolve(stopped),
    }),
  // The send gate reads the enrollment. After a crash in between, the effect of the event closes
  // it.
  carryOut: async (dependencies, event) => {
    const enrollment = await enrollmentOf(dependencies, event);
    if (!enrollment) return;
    const { as, because } = stopped;
    const by = { event: event.key, occurredAt: event.occurredAt };
    const at = dependencies.clock.now();
    await closeEnrollment(dependencies, enrollment, { as, because, at, by });
  },
  complete: async ({ workflows, clock }, { targets: [target] }) => {
    const isWorking = target && (await workflows.endWedged(target.enrollment)) === 'working';
    return isWorking ? { isDone: false, againAt: lookAgainAt(clock) } : { isDone: true };
  },
} satisfies CommandModule<'exit'>;

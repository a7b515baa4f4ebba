import type { Ending, Enrollment } from '../../core/enrollments/enrollment';
import type { WorkflowState } from '../../temporal/enrollment-workflows';
import { closeEnrollment } from '../close-enrollment';
import type { IntakeDependencies } from '../dependencies';

/**
 * Ends an open enrollment whose workflow Temporal does not run any more. Answers the end, or
 * undefined while the workflow runs. Throws where Temporal cannot say.
 */
export async function endIfGone(
  dependencies: IntakeDependencies,
  enrollment: Enrollment,
): Promise<Ending | undefined> {
  const state = await dependencies.workflows.stateOf(enrollment.id);
  if (state.kind === 'running') return undefined;
  return closeEnrollment(dependencies, enrollment, endingOf(dependencies, state));
}

function endingOf(
  { clock }: IntakeDependencies,
  state: Exclude<WorkflowState, { kind: 'running' }>,
): Ending {
  return state.kind === 'stopped'
    ? { as: 'stopped', because: 'operator', at: clock.engineTimeOf(state.at) }
    : { as: 'lost', because: 'lost', at: clock.now() };
}

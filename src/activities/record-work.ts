import type { Decision } from '../core/decisions/decision';
import { noted } from '../core/decisions/decisions';
import type { Ending, Enrollment } from '../core/enrollments/enrollment';
import type { PerformInstruction } from '../core/enrollments/instruction';
import type { HandledOutcome } from '../core/enrollments/outcome';
import type { Instant } from '../core/time/clock';
import { closeEnrollment } from '../intake/close-enrollment';
import type { ActivityDependencies } from './dependencies';

/** The finished work of a step. `ending` is present where the enrollment was found ended. */
export type Work = Readonly<{
  enrollment: Enrollment;
  instruction: Pick<PerformInstruction, 'step' | 'following' | 'notes'>;
  at: Instant;
  decision: Decision;
  ending?: Omit<Ending, 'at'> | undefined;
}>;

/**
 * Records the decision and the notes, then moves the enrollment on. If its journey is over, it
 * closes the enrollment. A repeat changes nothing.
 */
export async function recordWork(
  dependencies: ActivityDependencies,
  { enrollment, instruction, at, decision, ending }: Work,
): Promise<HandledOutcome> {
  const { store } = dependencies;
  const { step, following, notes } = instruction;
  await store.decisions.record([...noted(enrollment, notes), decision]);
  const handled = { kind: 'handled', step, at, written: notes.length } as const;
  const final = ending ?? (following.kind === 'end' ? following : undefined);
  if (final) {
    const { as, because, by } = await closeEnrollment(
      dependencies,
      enrollment,
      endingOf(final, at),
    );
    return { ...handled, ended: { as, because, ...(by && { by: by.event }) } };
  }
  if (following.kind === 'step') {
    const { workspace, id } = enrollment;
    await store.enrollments.moveTo(workspace, id, { step: following.step, since: at });
  }
  return handled;
}

function endingOf({ as, because, by }: Omit<Ending, 'at'>, at: Instant): Ending {
  return { as, because, at, ...(by && { by }) };
}

import type { Order } from '../../contract/activities';
import { acted } from '../../core/decisions/decisions';
import type { ActReason } from '../../core/decisions/reasons';
import { DomainError } from '../../core/domain-error';
import type { ActInstruction } from '../../core/enrollments/instruction';
import type { HandledOutcome } from '../../core/enrollments/outcome';
import type { CompiledAct } from '../../core/journeys/steps/act';
import { isLastAttempt, nowOf, type ActivityDependencies } from '../dependencies';
import { enrolledOf, stepOf, type Enrolled } from '../enrolled';
import { recordWork } from '../record-work';
import { actionsByName } from './actions/actions';

/**
 * Carries out the action of a step and records the result. An enrollment that has ended meanwhile
 * is left alone. Throws where another attempt may help.
 */
export async function act(
  dependencies: ActivityDependencies,
  order: Order<ActInstruction>,
): Promise<HandledOutcome> {
  const enrolled = await enrolledOf(dependencies, order);
  const { enrollment, journey } = enrolled;
  const { instruction } = order;
  const step = stepOf(journey, instruction.step, 'act');
  const because = enrollment.ended
    ? 'enrollment-ended'
    : await troubleWith(dependencies, enrolled, step);
  const at = nowOf(dependencies);
  const { visit } = instruction;
  const decision = acted(enrollment, { step: step.id, visit, at, action: step.action, because });
  const work = { enrollment, instruction, at, decision, ending: enrollment.ended };
  return recordWork(dependencies, work);
}

/** Undefined where the action was carried out. */
async function troubleWith(
  dependencies: ActivityDependencies,
  enrolled: Enrolled,
  { action: name, input }: CompiledAct,
): Promise<ActReason | undefined> {
  const action = actionsByName.get(name);
  if (!action) return 'unknown-action';
  try {
    await action.perform(input, { dependencies, enrolled });
    return undefined;
  } catch (error) {
    if (isFinal(error)) return 'action-refused';
    if (!isLastAttempt(dependencies)) throw error;
    return 'action-failed';
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof DomainError && error.code !== 'unavailable' && error.code !== 'conflict';
}

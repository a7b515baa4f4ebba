import type { Order } from '../../contract/activities';
import { acted } from '../../core/decisions/decisions';
import type { ActReason } from '../../core/decisions/reasons';
import { DomainError } from '../../core/domain-error';
import type { Ending } from '../../core/enrollments/enrollment';
import type { ActInstruction } from '../../core/enrollments/instruction';
import type { HandledOutcome } from '../../core/enrollments/outcome';
import { isExpired } from '../../core/enrollments/walk';
import type { CompiledAct } from '../../core/journeys/steps/act';
import type { Instant } from '../../core/time/clock';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { enrolledOf, stepOf, type Enrolled } from '../enrolled';
import { recordWork } from '../record-work';
import { actionsByName } from './actions/actions';

/** After this many attempts that failed unforeseen the journey goes on without the action. */
export const mostAttempts = 8;

/**
 * Carries out the action of a step and records the result. An enrollment that has ended meanwhile,
 * or is past its greatest age, is left alone. An action on record is not repeated. Throws where
 * another attempt may help.
 */
export async function act(
  dependencies: ActivityDependencies,
  order: Order<ActInstruction>,
): Promise<HandledOutcome> {
  const { instruction } = order;
  const enrolled = await enrolledOf(dependencies, order);
  const { enrollment, journey } = enrolled;
  const step = stepOf(journey, instruction.step, 'act');
  const at = nowOf(dependencies);
  const ending = enrollment.ended ?? expiryEndOf(enrolled, at);
  const taken = { step: step.id, visit: instruction.visit, at, action: step.action };
  const decided = (because?: ActReason) => acted(enrollment, { ...taken, because });
  const standing = await dependencies.store.decisions.find(order.workspace, decided().id);
  const decision =
    standing ?? decided(await reasonAgainst(dependencies, enrolled, { step, ending }));
  return recordWork(dependencies, { enrollment, journey, instruction, decision, ending });
}

type Asked = Readonly<{ step: CompiledAct; ending: Pick<Ending, 'because'> | undefined }>;

async function reasonAgainst(
  dependencies: ActivityDependencies,
  enrolled: Enrolled,
  { step, ending }: Asked,
): Promise<ActReason | undefined> {
  return ending ? reasonOf(ending) : troubleWith(dependencies, enrolled, step);
}

function expiryEndOf({ enrollment, journey }: Enrolled, now: Instant) {
  if (!isExpired(journey, enrollment, now)) return undefined;
  return { as: 'expired', because: 'expired' } as const;
}

function reasonOf({ because }: Pick<Ending, 'because'>): ActReason {
  return because === 'expired' ? 'expired' : 'enrollment-ended';
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
    if (isPassing(error) || dependencies.attempt().number < mostAttempts) throw error;
    return 'action-failed';
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof DomainError && !isPassing(error);
}

/** A store that is away says nothing about the action, however long that takes. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof DomainError && (error.code === 'unavailable' || error.code === 'conflict')
  );
}

import type { Enrollment } from '../../core/enrollments/enrollment';
import { idleWait } from '../../core/enrollments/idle/idle';
import type { Standing, Waiting } from '../../core/enrollments/progress';
import { stepAt } from '../../core/enrollments/walk';
import { meaningOf } from '../../core/journeys/steps/kinds';
import type { SkippedWait } from '../../core/events/recorded-event';
import type { IntakeDependencies } from '../dependencies';
import { journeyOf } from '../journey-of';
import { byOperator, planIntervention, type OperatorRequest } from './shared/by-operator';
import type { CommandModule } from './shared/command';

/**
 * Ends the wait at which an enrollment stands, as if its time had run out. It means that one wait:
 * nothing happens where the enrollment has left it by the time its workflow hears of it.
 */
export const skipWait = {
  ...byOperator,
  plan: (dependencies, workspace, request: OperatorRequest) =>
    planIntervention(dependencies, workspace, {
      kind: 'skip-wait',
      name: 'Wait Skipped',
      request,
      effectOn: (enrollment) => skipOf(dependencies, enrollment),
    }),
  carryOut: () => Promise.resolve(),
} satisfies CommandModule<'skip-wait'>;

async function skipOf(
  dependencies: IntakeDependencies,
  enrollment: Enrollment,
): Promise<SkippedWait | undefined> {
  const journey = await journeyOf(dependencies, enrollment);
  const idle = idleWait(journey, enrollment, dependencies.clock.now());
  const place = idle ? placeIn(idle) : await placeOf(dependencies, enrollment);
  if (!place) return undefined;
  const { kind } = meaningOf(stepAt(journey, place.step));
  return kind === 'wait' ? { kind: 'skipped-wait', ...place } : undefined;
}

type Place = Omit<SkippedWait, 'kind'>;

/**
 * The workflow says where it stands. Else the store does, which knows no wait that has ended since.
 */
async function placeOf(
  { workflows }: IntakeDependencies,
  { id, step, since }: Enrollment,
): Promise<Place | undefined> {
  const position = (await workflows.progressOf(id))?.position;
  if (position && position.kind !== 'ended') return placeIn(position);
  return position || step === null ? undefined : { step, since };
}

function placeIn({ step, since, visit }: Standing | Waiting): Place {
  return { step, since, visit };
}

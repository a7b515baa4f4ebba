import type { CompiledJourney } from '../core/journeys/compiled-journey';
import type { CompiledStep } from '../core/journeys/steps/kinds';
import { DomainError } from '../core/domain-error';
import type { Enrollment } from '../core/enrollments/enrollment';
import type { StepId } from '../core/ids';
import { stepAt } from '../core/enrollments/walk';
import type { Workspace } from '../core/workspaces/workspace';
import type { Order } from '../contract/activities';
import type { ActivityDependencies } from './dependencies';

/** An enrollment with the version it runs. */
export type Enrolled = Readonly<{
  enrollment: Enrollment;
  journey: CompiledJourney;
  workspace: Workspace;
}>;

/** Reads what an order is about by its ids. */
export async function enrolledOf(
  { store }: ActivityDependencies,
  { workspace, enrollment: id }: Order<unknown>,
): Promise<Enrolled> {
  const [enrollment, tenant] = await Promise.all([
    store.enrollments.find(workspace, id),
    store.workspaces.find(workspace),
  ]);
  if (!enrollment) throw new DomainError('not-found', `Enrollment "${id}" has no row`);
  if (!tenant) throw new DomainError('not-found', `Workspace "${workspace}" does not exist`);
  const journey = await store.journeys.version(workspace, enrollment.journey, enrollment.version);
  if (!journey) {
    throw new DomainError(
      'not-found',
      `Journey "${enrollment.journey}" has no version ${enrollment.version}`,
    );
  }
  return { enrollment, journey, workspace: tenant };
}

export function stepOf<Kind extends CompiledStep['kind']>(
  journey: CompiledJourney,
  id: StepId,
  kind: Kind,
): Extract<CompiledStep, { kind: Kind }> {
  const step = stepAt(journey, id);
  if (!isKind(step, kind)) throw new Error(`Step "${id}" is no ${kind}`);
  return step;
}

function isKind<Kind extends CompiledStep['kind']>(
  step: CompiledStep,
  kind: Kind,
): step is Extract<CompiledStep, { kind: Kind }> {
  return step.kind === kind;
}

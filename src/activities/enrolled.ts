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
  row: Enrollment;
  journey: CompiledJourney;
  workspace: Workspace;
}>;

/** Reads what an order is about by its ids. */
export async function enrolledOf(
  { store }: ActivityDependencies,
  { workspace, enrollment }: Order<unknown>,
): Promise<Enrolled> {
  const [row, tenant] = await Promise.all([
    store.enrollments.find(workspace, enrollment),
    store.workspaces.find(workspace),
  ]);
  if (!row) throw new DomainError('not-found', `Enrollment "${enrollment}" has no row`);
  if (!tenant) throw new DomainError('not-found', `Workspace "${workspace}" does not exist`);
  const journey = await store.journeys.version(workspace, row.journey, row.version);
  if (!journey) {
    throw new DomainError('not-found', `Journey "${row.journey}" has no version ${row.version}`);
  }
  return { row, journey, workspace: tenant };
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

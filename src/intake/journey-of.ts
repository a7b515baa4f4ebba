import type { CompiledJourney } from '../core/journeys/compiled-journey';
import { DomainError } from '../core/domain-error';
import type { Enrollment } from '../core/enrollments/enrollment';
import type { IntakeDependencies } from './dependencies';

/** The version that an enrollment entered with; versions are immutable and never removed. */
export async function journeyOf(
  { store }: Pick<IntakeDependencies, 'store'>,
  { workspace, journey, version }: Pick<Enrollment, 'workspace' | 'journey' | 'version'>,
): Promise<CompiledJourney> {
  const found = await store.journeys.version(workspace, journey, version);
  if (!found) throw new DomainError('not-found', `Journey "${journey}" has no version ${version}`);
  return found;
}

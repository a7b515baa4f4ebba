import type { Enrollment } from '../../core/enrollments/enrollment';
import { prunedTo } from '../../core/conditions/pruned';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import type { HeardEvent } from '../../core/enrollments/progress';
import type { Applied } from './apply-to-enrollment';
import { DomainError } from '../../core/domain-error';
import { closeEnrollment } from '../close-enrollment';
import type { IntakeDependencies } from '../dependencies';
import { journeyOf } from '../journey-of';
import { startEnrollment, tellEnrollment, type Telling } from '../reach-workflow';
import { endIfGone } from './gone';

/** Everything that waits for one enrollment, in order. Without one there is nobody to tell. */
export type Group = Readonly<{
  enrollment: Enrollment | undefined;
  applied: readonly Applied[];
}>;

/**
 * Brings one workflow up to date. It sends the start if that is still owed, then one signal with
 * all its events. A workflow that is gone is a normal answer: its enrollment is ended, if it was
 * still open, and `gone` is answered.
 */
export async function deliver(
  dependencies: IntakeDependencies,
  { enrollment, applied }: Group,
): Promise<'delivered' | 'gone'> {
  if (!enrollment) return 'delivered';
  const journey = await journeyOf(dependencies, enrollment);
  if (!enrollment.started) await startEnrollment(dependencies, enrollment);
  // An enrollment that has ended since hears them too: they were acknowledged before the end.
  const events = applied.filter(isHeard).map((item) => heardOf(journey, item));
  if (events.length === 0) return 'delivered';
  const told = await tellEnrollment(dependencies, { enrollment, journey, events });
  dependencies.failpoint('after-signal');
  return told === 'told' ? 'delivered' : mendMissing(dependencies, { enrollment, journey, events });
}

/** Another contact's event is heard only where it ends the enrollment. */
function isHeard({ event, effect }: Applied): boolean {
  return effect.kind !== 'entered' && !(event.byKey && effect.kind === 'told');
}

async function mendMissing(
  dependencies: IntakeDependencies,
  { enrollment, journey, events }: Telling,
): Promise<'delivered' | 'gone'> {
  const { store } = dependencies;
  const fresh = await store.enrollments.find(enrollment.workspace, enrollment.id);
  if (fresh && !fresh.started) {
    await startEnrollment(dependencies, fresh);
    const told = await tellEnrollment(dependencies, { enrollment: fresh, journey, events });
    if (told === 'told') return 'delivered';
  }
  if (fresh?.ended) await closeEnrollment(dependencies, fresh, fresh.ended);
  else if (!(await endIfGone(dependencies, enrollment))) throw notHeard(enrollment);
  return 'gone';
}

function notHeard({ id }: Enrollment): DomainError {
  return new DomainError('unavailable', `The workflow of "${id}" runs and took no signal`);
}

function heardOf(journey: CompiledJourney, { event, effect }: Applied): HeardEvent {
  const { key, name, occurredAt, receivedAt, properties } = event;
  const { needs } = journey;
  const paths = effect.kind === 'refreshed' ? [...needs.event, ...needs.entry] : needs.event;
  return { id: key, name, occurredAt, receivedAt, properties: prunedTo(properties, paths), effect };
}

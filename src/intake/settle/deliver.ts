import { entryFactsOf, type Enrollment } from '../../core/enrollments/enrollment';
import { snapshotOf, type Snapshot } from '../../core/events/event';
import { prunedTo } from '../../core/conditions/pruned';
import type { CompiledJourney } from '../../core/journeys/compiled-journey';
import type { HeardEvent } from '../../core/enrollments/progress';
import { longestRun, type EnrollmentInput } from '../../contract/enrollment-workflow';
import type { Applied } from './apply-to-enrollment';
import { DomainError } from '../../core/domain-error';
import { closeEnrollment } from '../close-enrollment';
import type { IntakeDependencies } from '../dependencies';
import { journeyOf } from '../journey-of';
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
  const told = await dependencies.workflows.tell(enrollment.id, events);
  dependencies.failpoint('after-signal');
  return told === 'told' ? 'delivered' : mendMissing(dependencies, enrollment, events);
}

/** Another contact's event is heard only where it ends the enrollment. */
function isHeard({ event, effect }: Applied): boolean {
  return effect.kind !== 'entered' && !(event.byKey && effect.kind === 'told');
}

/**
 * Starts the workflow of an enrollment. It counts from the event that opened the enrollment,
 * whatever refreshed it since.
 */
export async function startEnrollment(
  dependencies: IntakeDependencies,
  enrollment: Enrollment,
): Promise<void> {
  const { store, workflows } = dependencies;
  await workflows.start(await inputOf(dependencies, enrollment));
  dependencies.failpoint('after-start');
  await store.enrollments.markStarted(enrollment.workspace, enrollment.id);
}

async function mendMissing(
  dependencies: IntakeDependencies,
  enrollment: Enrollment,
  events: readonly HeardEvent[],
): Promise<'delivered' | 'gone'> {
  const { store, workflows } = dependencies;
  const fresh = await store.enrollments.find(enrollment.workspace, enrollment.id);
  if (fresh && !fresh.started) {
    await startEnrollment(dependencies, fresh);
    if ((await workflows.tell(enrollment.id, events)) === 'told') return 'delivered';
  }
  if (fresh?.ended) await closeEnrollment(dependencies, fresh, fresh.ended);
  else if (!(await endIfGone(dependencies, enrollment))) throw notHeard(enrollment);
  return 'gone';
}

function notHeard({ id }: Enrollment): DomainError {
  return new DomainError('unavailable', `The workflow of "${id}" runs and took no signal`);
}

async function inputOf(
  dependencies: IntakeDependencies,
  enrollment: Enrollment,
): Promise<EnrollmentInput> {
  const journey = await journeyOf(dependencies, enrollment);
  const { workspace, id, contact } = enrollment;
  const first = await firstSnapshotOf(dependencies, enrollment);
  const entry = { ...first, properties: prunedTo(first.properties, journey.needs.entry) };
  return {
    workspace,
    enrollment: id,
    contact,
    journey,
    opening: { ...entryFactsOf(enrollment), entry },
    clock: dependencies.clock.virtual,
    longestRun,
  };
}

async function firstSnapshotOf(
  { store }: IntakeDependencies,
  enrollment: Enrollment,
): Promise<Snapshot> {
  if (enrollment.snapshot.event === enrollment.enteredBy) return enrollment.snapshot;
  const event = await store.events.findByKey(enrollment.workspace, enrollment.enteredBy);
  return event ? snapshotOf(event) : enrollment.snapshot;
}

function heardOf(journey: CompiledJourney, { event, effect }: Applied): HeardEvent {
  const { key, name, occurredAt, receivedAt, properties } = event;
  const { needs } = journey;
  const paths = effect.kind === 'refreshed' ? [...needs.event, ...needs.entry] : needs.event;
  return { id: key, name, occurredAt, receivedAt, properties: prunedTo(properties, paths), effect };
}

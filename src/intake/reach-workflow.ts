import { longestRun, type EnrollmentInput } from '../contract/enrollment-workflow';
import { prunedTo } from '../core/conditions/pruned';
import { entryFactsOf, type Enrollment } from '../core/enrollments/enrollment';
import { idleDetailsOf, idleUntil } from '../core/enrollments/idle/idle';
import type { HeardEvent } from '../core/enrollments/progress';
import { snapshotOf, type Snapshot } from '../core/events/event';
import type { CompiledJourney } from '../core/journeys/compiled-journey';
import { realDurationOf, realOf, type Clock } from '../core/time/clock';
import type { StartDelay, Told } from '../temporal/enrollment-workflows';
import type { IntakeDependencies } from './dependencies';
import { journeyOf } from './journey-of';

/**
 * Starts the workflow of an enrollment. It counts from the event that opened the enrollment,
 * whatever refreshed it since.
 */
export async function startEnrollment(
  dependencies: IntakeDependencies,
  enrollment: Enrollment,
): Promise<void> {
  const { store, workflows, clock } = dependencies;
  const input = await inputOf(dependencies, enrollment);
  await workflows.start(input, delayOf(input.journey, enrollment, clock));
  dependencies.failpoint('after-start');
  await store.enrollments.markStarted(enrollment.workspace, enrollment.id);
}

/** An idle workflow costs nothing until its first wait is over. An ended one begins now. */
function delayOf(
  journey: CompiledJourney,
  enrollment: Enrollment,
  { now, virtual }: Clock,
): StartDelay | undefined {
  const until = idleUntil(journey, enrollment);
  if (enrollment.ended || until === undefined || until <= now()) return undefined;
  const delayMs = realDurationOf(virtual, until - now());
  return { delayMs, details: idleDetailsOf(journey, enrollment, until) };
}

/** Events for the workflow of an enrollment, in order. */
export type Telling = Readonly<{
  enrollment: Enrollment;
  journey: CompiledJourney;
  events: readonly HeardEvent[];
}>;

/**
 * An idle workflow is woken for its end, and to skip its wait. All else it hears in time. Now and
 * then it is woken all the same, since Temporal refuses a run its 10,001st signal.
 */
export async function tellEnrollment(
  dependencies: IntakeDependencies,
  { enrollment, journey, events }: Telling,
): Promise<Told> {
  const { store, workflows, clock } = dependencies;
  const { id, workspace } = enrollment;
  const until = idleUntil(journey, enrollment);
  const mayBeIdle = until !== undefined && clock.realNow() < realOf(clock.virtual, until) + skewMs;
  if (!mayBeIdle || !events.some(isUrgent)) return workflows.tell(id, events);
  const told = await workflows.tell(id, events, await inputOf(dependencies, enrollment));
  // The row does not say at which wait it rests then.
  if (told === 'told' && events.some(isSkip)) await store.enrollments.markAwake(workspace, id);
  return told;
}

/** The clocks of this process and of Temporal may differ by so much. */
const skewMs = 60_000;

function isUrgent(event: HeardEvent): boolean {
  return event.effect.kind === 'exited' || isSkip(event) || isOneInMany(event);
}

/** True of about one event in 128. An event that is told again answers the same. */
function isOneInMany({ id }: HeardEvent): boolean {
  return /[a-h]a$/.test(id);
}

function isSkip({ effect }: HeardEvent): boolean {
  return effect.kind === 'skipped-wait';
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

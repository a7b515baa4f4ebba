import type { VirtualClock } from '../core/time/clock';
import type { CompiledJourney } from '../core/journeys/compiled-journey';
import type { ContactId, EnrollmentId, EventKey, WorkspaceId } from '../core/ids';
import type { CarriedProgress } from '../core/enrollments/progress';
import type { EntryFacts } from '../core/enrollments/progress';

/** The workflow type of every enrollment. */
export const enrollmentWorkflow = 'enrollment';

/** Carries an array of `HeardEvent`, oldest first. Events seen before are dropped. */
export const eventsSignal = 'events';

/** Answers with the `Progress` of the enrollment. */
export const progressQuery = 'progress';

export const journeyQueue = 'journeys';

/** Sends have a queue of their own, because eager dispatch passes by the rate limit of a shared one. */
export const sendQueue = 'sends';

/**
 * All that an enrollment needs, so that a history is complete in itself. Nothing personal: the entry is pruned to the paths
 * that conditions read.
 */
export type EnrollmentInput = Readonly<{
  workspace: WorkspaceId;
  enrollment: EnrollmentId;
  contact: ContactId;
  journey: CompiledJourney;
  opening: EntryFacts;
  clock: VirtualClock;
  /** Present after continue-as-new. */
  resumed?: Readonly<{ progress: CarriedProgress; seen: readonly EventKey[] }>;
}>;

export type EnrollmentResult = Readonly<{ as: string; because: string }>;

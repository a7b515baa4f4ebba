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

/** A run of this many history events goes on as a new one. Its cold replay takes under 100 ms. */
export const longestRun = 200;

/** The task queue of workflows and their own activities. */
export const journeyQueue = 'journeys';

/** Sends have their own queue. Eager dispatch would bypass the rate limit of a shared one. */
export const sendQueue = 'sends';

/**
 * All that an enrollment needs, so that its history is complete in itself. Nothing is personal: the
 * entry is pruned to the paths that conditions read.
 */
export type EnrollmentInput = Readonly<{
  workspace: WorkspaceId;
  enrollment: EnrollmentId;
  contact: ContactId;
  journey: CompiledJourney;
  opening: EntryFacts;
  clock: VirtualClock;
  /** A run of this many history events goes on as a new one. Absent in former runs. */
  longestRun?: number;
  /** Present after continue-as-new. */
  resumed?: Readonly<{ progress: CarriedProgress; seen: readonly EventKey[] }>;
}>;

/** The end of an enrollment, as its workflow answers it. */
export type EnrollmentResult = Readonly<{ as: string; because: string }>;

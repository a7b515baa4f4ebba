import type { EnrollmentId } from '../core/ids';
import type { HeardEvent, Progress } from '../core/enrollments/progress';
import type { EnrollmentInput } from '../contract/enrollment-workflow';

/** What Temporal said of a signal. A workflow that is closed and one never started are the same answer to it. */
export type Told = 'told' | 'not-found';

/** The workflows of all enrollments. Every call is bounded in time and counted. */
export type EnrollmentWorkflows = Readonly<{
  /** Starting an enrollment that has been started before changes nothing. */
  start(input: EnrollmentInput): Promise<void>;
  /** One signal with all events; the same events again give no second signal in the same run. */
  tell(enrollment: EnrollmentId, events: readonly HeardEvent[]): Promise<Told>;
  /**
   * Deletes the history of an enrollment that has closed, every run of it; one that is gone already is the same to it. Nothing
   * is deleted while it is `running`.
   */
  remove(enrollment: EnrollmentId): Promise<'removed' | 'running'>;
  /** Where it stands, asked of the workflow itself; undefined when it is closed, unknown or out of reach. */
  progressOf(enrollment: EnrollmentId): Promise<Progress | undefined>;
  isReachable(): Promise<boolean>;
}>;

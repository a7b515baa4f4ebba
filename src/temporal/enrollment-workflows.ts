import type { EnrollmentId } from '../core/ids';
import type { HeardEvent, Progress } from '../core/enrollments/progress';
import type { EnrollmentInput } from '../contract/enrollment-workflow';

/**
 * Temporal's answer to a signal. A closed workflow and a workflow never started answer the same.
 */
export type Told = 'told' | 'not-found';

/**
 * The state of a workflow in Temporal. Somebody canceled or terminated a `stopped` workflow at
 * `at`, in real epoch milliseconds. A `lost` workflow is unknown, or has closed by itself.
 */
export type WorkflowState =
  | Readonly<{ kind: 'running' }>
  | Readonly<{ kind: 'stopped'; at: number }>
  | Readonly<{ kind: 'lost' }>;

/**
 * The workflow begins after this time, in real milliseconds. Until then Temporal's UI shows the
 * details, in Markdown.
 */
export type StartDelay = Readonly<{ delayMs: number; details: string }>;

/** The workflows of all enrollments. Every call is bounded in time and counted. */
export type EnrollmentWorkflows = Readonly<{
  /** Starting an enrollment that has been started before changes nothing. */
  start(input: EnrollmentInput, delay?: StartDelay): Promise<void>;
  /**
   * Signals all events at once. The same events give no second signal in the same run. With the
   * input it was started with, a workflow whose start is delayed begins now and hears them.
   */
  tell(
    enrollment: EnrollmentId,
    events: readonly HeardEvent[],
    waking?: EnrollmentInput,
  ): Promise<Told>;
  /**
   * Deletes every run of an enrollment that has closed. A history that is gone already counts as
   * removed. Nothing is deleted while it is `running`; a workflow that cannot run is terminated.
   */
  remove(enrollment: EnrollmentId): Promise<'removed' | 'running'>;
  /**
   * Terminates a workflow that cannot run, and so hears no signal. `working`: it is not known yet
   * whether it can. Costs a call, so that events never ask it.
   */
  endWedged(enrollment: EnrollmentId): Promise<'quiet' | 'working'>;
  /**
   * Asks the workflow itself for its progress. Undefined when it is closed, unknown or out of
   * reach.
   */
  progressOf(enrollment: EnrollmentId): Promise<Progress | undefined>;
  /**
   * Asks Temporal for the state of the latest run. Throws `unavailable` where the whole namespace
   * is unknown, so that a wrong setting loses nobody.
   */
  stateOf(enrollment: EnrollmentId): Promise<WorkflowState>;
  isReachable(): Promise<boolean>;
}>;

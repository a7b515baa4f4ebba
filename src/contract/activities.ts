import type { Instant } from '../core/time/clock';
import type { EnrollmentId, WorkspaceId } from '../core/ids';
import type {
  ActInstruction,
  DecideInstruction,
  FinishInstruction,
  ResolveInstruction,
  SendInstruction,
} from '../core/enrollments/instruction';
import type { EnrollmentResult } from './enrollment-workflow';
import type { DeferredOutcome, HandledOutcome, Outcome } from '../core/enrollments/outcome';

/** An instruction of one enrollment; ids only, nothing personal. */
export type Order<Instruction> = Readonly<{
  workspace: WorkspaceId;
  enrollment: EnrollmentId;
  instruction: Instruction;
}>;

/** Runs on the send queue. Repeating it never hands the same message over twice blindly. */
export type SendActivities = Readonly<{
  send(order: Order<SendInstruction>): Promise<HandledOutcome | DeferredOutcome>;
}>;

/** Runs on the queue of the journeys, retried by Temporal. */
export type ActActivities = Readonly<{
  /** Carries an action out. Repeating it changes nothing more. */
  act(order: Order<ActInstruction>): Promise<HandledOutcome>;
}>;

/** Run inside the workflow's own worker, with bounded retries. */
export type LocalActivities = Readonly<{
  /** Adds a calendar duration to `from` in the contact's zone, the journey's or the workspace's. */
  resolve(order: Order<ResolveInstruction>): Promise<Instant>;
  /** Decides a branch on stored facts and records it. The same visit is decided once. */
  decide(order: Order<DecideInstruction>): Promise<Extract<Outcome, { kind: 'decided' }>>;
  /**
   * Writes the end and the notes that no other activity has written. Answers the end that stands;
   * histories before 0.2 hold no answer.
   */
  close(order: Order<FinishInstruction>): Promise<EnrollmentResult | undefined>;
}>;

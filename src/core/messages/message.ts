import type { Instant } from '../time/clock';
import type { ChannelName, Purpose } from '../channels';
import type { byOperator, FailReason, SkipReason, unanswered } from '../decisions/reasons';
import type { Trouble } from './trouble';
import type { ContactId, EnrollmentId, MessageId, StepId, TemplateId, WorkspaceId } from '../ids';

/**
 * The part of a ledger line that does not depend on its status. Only the instant of the change
 * follows the status.
 */
export type MessageLine = Readonly<{
  id: MessageId;
  workspace: WorkspaceId;
  enrollment: EnrollmentId;
  contact: ContactId;
  step: StepId;
  visit: number;
  template: TemplateId;
  purpose: Purpose;
  channel: ChannelName;
  provider: string;
  /** True where an unanswered hand-over was repeated under `at-least-once`. */
  repeated?: boolean;
  /** The number of answers of the provider that it does not take the message now. */
  attempts?: number;
  /** When the latest attempt had its turn at the provider. */
  attemptedAt?: Instant;
  /** When it is tried again; absent during an attempt and after the end. */
  nextAttemptAt?: Instant;
  /** The latest trouble with the provider. */
  trouble?: Trouble;
  /** The provider's words of refusal, without an address. */
  answer?: string;
  at: Instant;
}>;

/**
 * The end of a message with its reason. `sent` carries the id of the provider, or an operator says
 * it. Every end is final, but for `unknown`, which an operator may resolve as `sent` or `failed`.
 */
export type MessageEnd =
  | Readonly<{ status: 'sent'; providerId: string; because?: never }>
  | Readonly<{ status: 'sent'; providerId?: never; because: typeof byOperator }>
  | Readonly<{ status: 'skipped'; providerId?: never; because: SkipReason }>
  | Readonly<{ status: 'failed'; providerId?: never; because: FailReason | typeof byOperator }>
  | Readonly<{ status: 'unknown'; providerId?: never; because: typeof unanswered }>;

/**
 * The status of a message with what belongs to it. `claimed`: a send has begun and has handed
 * nothing over; `handing`: the hand-over has begun and its answer is not known yet.
 */
export type MessageStand =
  Readonly<{ status: 'claimed' | 'handing'; providerId?: never; because?: never }> | MessageEnd;

/** The name of a status, as the HTTP contract shows it. */
export type MessageStatus = MessageStand['status'];

/** A line of the ledger: one message of a step's visit, whatever became of it. */
export type Message = MessageLine & MessageStand;

/** Says whether a message has ended without being sent. */
export function hasComeToNothing({ status }: Pick<Message, 'status'>): boolean {
  return status === 'skipped' || status === 'failed';
}

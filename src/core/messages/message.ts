import type { Instant } from '../time/clock';
import type { ChannelName, Purpose } from '../channels';
import type {
  byOperator,
  DeferReason,
  FailReason,
  SkipReason,
  switchedOff,
  unanswered,
} from '../decisions/reasons';
import { reportedStatuses, type ReportedStatus, type ReportTimes } from './report';
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
  /** When its hand-over began. A provider drops a repeat for a time from then. */
  handedAt?: Instant;
  /** When it is tried again; absent during an attempt and after the end. */
  nextAttemptAt?: Instant;
  /** The latest trouble with the provider. */
  trouble?: Trouble;
  /** The provider's words of refusal, without an address. */
  answer?: string;
  at: Instant;
}> &
  ReportTimes;

/**
 * The end of a message with its reason. `sent` carries the id of the provider, or an operator says
 * it; the provider may report later what has become of it. Every other end is final, but for
 * `unknown`, which a report or an operator settles.
 */
export type MessageEnd =
  | Readonly<{ status: 'sent'; providerId: string; because?: never }>
  | Readonly<{ status: 'sent'; providerId?: never; because: typeof byOperator }>
  | Readonly<{ status: ReportedStatus; providerId?: string; because?: never }>
  | Readonly<{ status: 'skipped'; providerId?: never; because: SkipReason }>
  | Readonly<{ status: 'failed'; providerId?: never; because: FailReason | typeof byOperator }>
  | Readonly<{ status: 'unknown'; providerId?: never; because: typeof unanswered }>;

/** A message waits for its time, or for an operator, and has left nothing behind. */
export type MessageHeld = Readonly<{
  status: 'deferred';
  providerId?: never;
  because: DeferReason | typeof switchedOff;
}>;

/**
 * The status of a message with what belongs to it. `claimed`: a send has begun and has handed
 * nothing over; `handing`: the hand-over has begun and its answer is not known yet.
 */
export type MessageStand =
  | Readonly<{ status: 'claimed' | 'handing'; providerId?: never; because?: never }>
  | MessageHeld
  | MessageEnd;

/** The name of a status, as the HTTP contract shows it. */
export type MessageStatus = MessageStand['status'];

/** A line of the ledger: one message of a step's visit, whatever became of it. */
export type Message = MessageLine & MessageStand;

/** The statuses of a message that has not ended. */
export const openStatuses = [
  'claimed',
  'handing',
  'deferred',
] as const satisfies readonly MessageStatus[];

/** Says whether a message has not ended yet. */
export function isOpen({ status }: Pick<Message, 'status'>): boolean {
  return openStatuses.some((each) => each === status);
}

/** Says whether a message has ended without being sent. */
export function hasComeToNothing({ status }: Pick<Message, 'status'>): boolean {
  return status === 'skipped' || status === 'failed';
}

/**
 * The statuses that a reported one replaces. Reports in any order end alike: the strongest stays. A
 * message that was held back, or refused, was never handed over as its provider says.
 */
export function weakerThan(status: ReportedStatus): readonly MessageStatus[] {
  const reported = reportedStatuses.slice(0, reportedStatuses.indexOf(status));
  return ['claimed', 'handing', 'deferred', 'unknown', 'sent', ...reported];
}

/** Says whether a message has been handed over for certain. */
export function hasLeft(status: MessageStatus): boolean {
  return status === 'sent' || reportedStatuses.some((each) => each === status);
}

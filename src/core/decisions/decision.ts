import type { Instant } from '../time/clock';
import type {
  ContactId,
  EnrollmentId,
  EventKey,
  JourneyId,
  MessageId,
  StepId,
  WorkspaceId,
} from '../ids';
import type { JsonObject } from '../json/json';

/** What happened, in the past tense. The closed list of `kind` is part of the HTTP contract. */
export const decisionKinds = [
  'entered',
  'refreshed',
  'refused',
  'sent',
  'skipped',
  'failed',
  'unknown',
  'heard',
  'timed-out',
  'branched',
  'skipped-wait',
  'intervened',
  'ended',
  'merged',
  'erased',
] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** Why an enrollment ended. `as` beside it is the author's word, such as `converted`. */
export type EndReason =
  | 'completed'
  | 'exit-event'
  | 'exit-step'
  | 'expired'
  | 'visits-exceeded'
  | 'operator'
  | 'merged'
  | 'erased';

/** Why an event did not start an enrollment. */
export type RefusalReason =
  | `already-${string}`
  | 'open'
  | 'never-again'
  | 'too-soon'
  | 'not-newer-than-end'
  | 'limit'
  | 'no-key';

/** Why a message was not sent. */
export type SkipReason =
  | 'enrollment-ended'
  | 'exit-event'
  | 'contact-erased'
  | 'no-address'
  | 'no-consent'
  | 'refused-consent'
  | 'bounced'
  | 'complained'
  | 'unsubscribed'
  | 'do-not-contact'
  | 'render-failed'
  | 'address-refused'
  | 'content-refused'
  | 'provider-refused'
  | 'provider-unreachable'
  | 'unanswered';

/**
 * One line of the why-record, kept for ever. The id is derived from what was decided, so that writing it
 * again changes nothing.
 */
export type Decision = Readonly<{
  id: string;
  workspace: WorkspaceId;
  contact: ContactId;
  enrollment?: EnrollmentId;
  journey?: JourneyId;
  at: Instant;
  kind: DecisionKind;
  step?: StepId;
  because?: string;
  facts?: JsonObject;
  event?: EventKey;
  message?: MessageId;
}>;

/** A decision taken inside the workflow and not yet written; `seq` makes its id. */
export type Note = Readonly<{
  seq: number;
  at: Instant;
  kind: DecisionKind;
  step?: StepId;
  because?: string;
  event?: EventKey;
}>;

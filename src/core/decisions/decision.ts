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
import type { Instant } from '../time/clock';
import type {
  ActReason,
  byOperator,
  byProvider,
  CaseName,
  DeferReason,
  EndReason,
  FailReason,
  IgnoredReason,
  RefusalReason,
  SkipReason,
  switchedOff,
  tooManyEvents,
  unanswered,
} from './reasons';

/** The kinds of decisions, in the past tense. The closed list is part of the HTTP contract. */
export const decisionKinds = [
  'entered',
  'refreshed',
  'refused',
  'sent',
  'deferred',
  'skipped',
  'failed',
  'unknown',
  'acted',
  'not-acted',
  'heard',
  'let-go',
  'timed-out',
  'branched',
  'skipped-wait',
  'intervened',
  'ended',
  'merged',
  'erased',
] as const satisfies readonly Decision['kind'][];

/** The kind of a decision. */
export type DecisionKind = (typeof decisionKinds)[number];

/**
 * A line of the why-record, kept for ever. Its id is derived from what was decided, so writing it
 * again changes nothing. Facts are absent once the contact was erased.
 */
export type Decision =
  | EntryDecision
  | RefusedDecision
  | MessageDecision
  | ActDecision
  | WayDecision
  | IntervenedDecision
  | EndedDecision
  | ContactDecision;

type About = Readonly<{ id: string; workspace: WorkspaceId; contact: ContactId; at: Instant }>;

type AboutEnrollment = About & Readonly<{ enrollment: EnrollmentId; journey: JourneyId }>;

/** `because` is the name of the entry event. */
export type EntryDecision = AboutEnrollment &
  Readonly<{
    kind: 'entered' | 'refreshed';
    because: string;
    event: EventKey;
    facts?: JsonObject;
  }>;

/** A journey refuses an entry, or the engine ignores an event for its ids. */
export type RefusedDecision = About &
  Readonly<{ kind: 'refused' }> &
  Readonly<
    | { journey: JourneyId; because: RefusalReason; event: EventKey }
    | { journey?: never; because: IgnoredReason; event?: EventKey }
  >;

/** `because` is absent on a message that the provider has accepted. */
export type MessageOutcome =
  | Readonly<{ kind: 'sent'; because?: typeof byOperator | typeof byProvider }>
  | Readonly<{ kind: 'deferred'; because: DeferReason | typeof switchedOff }>
  | Readonly<{ kind: 'skipped'; because: SkipReason }>
  | Readonly<{ kind: 'failed'; because: FailReason | typeof byOperator }>
  | Readonly<{ kind: 'unknown'; because: typeof unanswered }>;

/** The outcome of a message. `journey` is absent where its enrollment was not stored. */
export type MessageDecision = About &
  MessageOutcome &
  Readonly<{
    enrollment: EnrollmentId;
    journey?: JourneyId;
    step: StepId;
    facts?: JsonObject;
    message: MessageId;
  }>;

/** The engine has carried an action out, or gives the reason why it has not. */
export type ActDecision = AboutEnrollment &
  Readonly<{ step: StepId; facts?: JsonObject }> &
  Readonly<{ kind: 'acted' } | { kind: 'not-acted'; because: ActReason }>;

/** A step on the way of an enrollment. A branch decided by an activity shows the facts it read. */
export type WayDecision = AboutEnrollment & Noted & Readonly<{ facts?: JsonObject }>;

/** An operator has stepped in. Other decisions on the event say whether anything changed. */
export type IntervenedDecision = AboutEnrollment &
  Readonly<{
    kind: 'intervened';
    because: typeof byOperator;
    event: EventKey;
    facts?: JsonObject;
  }>;

/** `facts.as` is the author's word for the end. */
export type EndedDecision = AboutEnrollment &
  Readonly<{ kind: 'ended'; because: EndReason; facts: JsonObject; event?: EventKey }>;

/** The engine has merged another contact into this one, or has erased it. */
export type ContactDecision = About &
  Readonly<{ event: EventKey }> &
  Readonly<{ kind: 'merged'; facts: JsonObject } | { kind: 'erased' }>;

/** A decision that the workflow takes by itself. A heard event is named in `because`. */
export type Noted = Readonly<{ at: Instant; step: StepId }> &
  Readonly<
    | { kind: 'heard'; because: string; event: EventKey }
    | { kind: 'let-go'; because: typeof tooManyEvents; event: EventKey }
    | { kind: 'timed-out' }
    | { kind: 'branched'; because: CaseName }
    | { kind: 'skipped-wait'; because: typeof byOperator; event: EventKey }
  >;

/** A decision of the workflow that no activity has written yet; `seq` makes its id. */
export type Note = Readonly<{ seq: number }> & Noted;

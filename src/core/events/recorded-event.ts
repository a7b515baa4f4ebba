import type { Instant } from '../time/clock';
import type { EndReason, RefusalReason, unroutedReasons } from '../decisions/reasons';
import type { Event } from './event';
import type { ContactId, EnrollmentId, JourneyId, StepId, WorkspaceId } from '../ids';

/** Why an enrollment ends though no exit of its journey says so: its contact was merged or erased, or an operator ended it. */
export type ImposedEnd = Extract<EndReason, 'merged' | 'erased' | 'operator'>;

/** What an event does to an enrollment: `exited` ends it `as` the journey says, or as it was imposed. */
export type Effect =
  | Readonly<{ kind: 'entered' | 'told' | 'refreshed' }>
  | Readonly<{ kind: 'exited'; as: string; because?: ImposedEnd }>
  | SkippedWait;

/**
 * Ends the one wait that an operator saw: its step, and since when the enrollment stands there; `visit` where the workflow itself
 * was asked. Anywhere else it does nothing.
 */
export type SkippedWait = Readonly<{
  kind: 'skipped-wait';
  step: StepId;
  since: Instant;
  visit?: number;
}>;

export type EffectKind = Effect['kind'];

/** One enrollment an event concerns; `at` is set once Temporal has acknowledged it (or the target is gone). */
export type Target = Readonly<{ enrollment: EnrollmentId; effect: Effect; at?: Instant }>;

/** Why an event is heard by nobody: the client's clock says something that cannot be meant. */
export type Unrouted = (typeof unroutedReasons)[number];

/**
 * What is to be done with a contact, as an event of that contact, so that it is durable and re-driven. It is looked over
 * once more at `lookAgainAt`, in real milliseconds: what was under way when it was asked for has been stored by then.
 */
export type Command = Readonly<{ lookAgainAt: number }> &
  (Readonly<{ kind: 'merge'; other: ContactId }> | Readonly<{ kind: 'erase' }>);

/** What an operator did by an event, and why. It is free text, so it stays out of Temporal. */
export type Intervention = Readonly<{ action: 'exit' | 'skip-wait'; by: string; reason: string }>;

export type Refusal = Readonly<{ journey: JourneyId; reason: RefusalReason }>;

/** Of an event whose content was erased: whatever comes under its id again is taken for the same. */
export const erasedFingerprint = '';

/** An event as it is stored: its document is the outbox of its signals for as long as it is `pending`. */
export type RecordedEvent = Event &
  Readonly<{
    workspace: WorkspaceId;
    fingerprint: string;
    status: 'pending' | 'delivered' | 'dead';
    targets: readonly Target[];
    refusals: readonly Refusal[];
    command?: Command;
    intervention?: Intervention;
    /** It was recorded only: no enrollment hears of it, now or later. */
    unrouted?: Unrouted;
    /** Why it was set aside, where it is `dead`. */
    because?: string;
  }>;

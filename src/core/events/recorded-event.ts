import type { Instant } from '../time/clock';
import type { EndReason, RefusalReason, unroutedReasons } from '../decisions/reasons';
import type { Command } from './command';
import type { Event } from './event';
import type { EnrollmentId, JourneyId, StepId, WorkspaceId } from '../ids';

/** Why an enrollment ends though no exit of its journey says so. */
export type ImposedEnd = Extract<EndReason, 'merged' | 'erased' | 'operator'>;

/** Ends the enrollment `as` an exit of its journey says. */
export type JourneyExit = Readonly<{ kind: 'exited'; as: string; because?: never }>;

/** Ends the enrollment because its contact was merged or erased, or an operator ended it. */
export type ImposedExit = Readonly<{ kind: 'exited'; as: string; because: ImposedEnd }>;

/**
 * Ends the one wait that an operator saw. The wait is known by its step, and by since when the
 * enrollment stands there. `visit` is present where the workflow itself was asked. Anywhere else it
 * does nothing.
 */
export type SkippedWait = Readonly<{
  kind: 'skipped-wait';
  step: StepId;
  since: Instant;
  visit?: number;
}>;

/** An event does this to an enrollment. It is the verdict that the workflow obeys. */
export type Effect =
  Readonly<{ kind: 'entered' | 'told' | 'refreshed' }> | JourneyExit | ImposedExit | SkippedWait;

/** The name of an effect, as the HTTP contract shows it. */
export type EffectKind = Effect['kind'];

/**
 * An enrollment that an event concerns. `at` is absent until Temporal has acknowledged the effect,
 * or the enrollment has turned out to be gone.
 */
export type Target = Readonly<{ enrollment: EnrollmentId; effect: Effect; at?: Instant }>;

/** Why an event is heard by nobody. */
export type Unrouted = (typeof unroutedReasons)[number];

/** A journey that an event did not start, and why. */
export type Refusal = Readonly<{ journey: JourneyId; reason: RefusalReason }>;

/**
 * The fingerprint of an event whose content was erased. Any content under its id passes for the
 * same.
 */
export const erasedFingerprint = '';

type StoredContent = Event &
  Readonly<{
    workspace: WorkspaceId;
    fingerprint: string;
    /** The sender says that it is history: it starts nothing. */
    history?: true;
  }>;

/** An event is its own outbox. Its effects are owed while it is `pending`. */
type Settlement =
  | Readonly<{ status: 'pending' | 'delivered'; because?: never }>
  /** The re-drive has set it aside: no retry mends what `because` says. */
  | Readonly<{ status: 'dead'; because: string }>;

/** An event that enrollments may hear, or that carries a command of the engine's own. */
export type RoutedEvent = StoredContent &
  Settlement &
  Readonly<{
    targets: readonly Target[];
    refusals: readonly Refusal[];
    command?: Command;
    unrouted?: never;
  }>;

/** An event that is recorded only: no enrollment hears of it, now or later. */
export type UnroutedEvent = StoredContent &
  Readonly<{
    status: 'delivered';
    because?: never;
    targets: readonly [];
    refusals: readonly [];
    command?: never;
    unrouted: Unrouted;
  }>;

/** An event as it is stored. */
export type RecordedEvent = RoutedEvent | UnroutedEvent;

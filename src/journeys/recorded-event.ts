import type { Instant } from './clock';
import type { RefusalReason } from './decision';
import type { Event } from './event';
import type { EnrollmentId, JourneyId, WorkspaceId } from './ids';

/** What an event does to an enrollment: `exited` ends it `as` the journey says. */
export type Effect =
  Readonly<{ kind: 'entered' | 'told' | 'refreshed' }> | Readonly<{ kind: 'exited'; as: string }>;

export type EffectKind = Effect['kind'];

/** One enrollment an event concerns; `at` is set once Temporal has acknowledged it (or the target is gone). */
export type Target = Readonly<{ enrollment: EnrollmentId; effect: Effect; at?: Instant }>;

export type Refusal = Readonly<{ journey: JourneyId; reason: RefusalReason }>;

/** An event as it is stored: its document is the outbox of its signals for as long as it is `pending`. */
export type RecordedEvent = Event &
  Readonly<{
    workspace: WorkspaceId;
    fingerprint: string;
    status: 'pending' | 'delivered' | 'dead';
    targets: readonly Target[];
    refusals: readonly Refusal[];
    /** Why it was set aside, where it is `dead`. */
    because?: string;
  }>;

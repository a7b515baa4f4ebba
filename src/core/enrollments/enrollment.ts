import type { Instant } from '../time/clock';
import type { EndReason } from '../decisions/decision';
import type { Snapshot } from '../events/event';
import type { ContactId, EnrollmentId, EventKey, JourneyId, StepId, WorkspaceId } from '../ids';

export type Ending = Readonly<{
  as: string;
  because: EndReason;
  at: Instant;
  /** The event that ended it, and when it happened: an entry not newer than that is refused. */
  by?: Readonly<{ event: EventKey; occurredAt: Instant }>;
}>;

/**
 * One contact in one journey: the row is the outbox of its start. `started` turns true once Temporal has the workflow;
 * `ended` is set when intake hears an exit, when the last activity has run, or when a finish closes it.
 */
export type Enrollment = Readonly<{
  id: EnrollmentId;
  workspace: WorkspaceId;
  journey: JourneyId;
  version: number;
  contact: ContactId;
  /** As the author's key paths found it; may be personal, so it never leaves the store but to its owner. */
  key: string;
  n: number;
  enteredBy: EventKey;
  listens: readonly string[];
  snapshot: Snapshot;
  firstEntryAt: Instant;
  /** When the entry was received: look-backs count from here. */
  openedAt: Instant;
  started: boolean;
  step: StepId | null;
  since: Instant;
  ended?: Ending;
}>;

export type EnrollmentStatus = 'starting' | 'open' | 'ended';

export function statusOf({ ended, started }: Enrollment): EnrollmentStatus {
  if (ended) return 'ended';
  return started ? 'open' : 'starting';
}

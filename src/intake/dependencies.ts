import type { Clock, Instant } from '../core/time/clock';
import type { CompiledJourney } from '../core/journeys/compiled-journey';
import type { ContactId, WorkspaceId } from '../core/ids';
import type { Store } from '../store/store';
import type { EnrollmentWorkflows } from '../temporal/enrollment-workflows';
import type { ReachFailpoint } from '../process/failpoints/failpoints';
import { createRecent, type Recent } from '../process/cache';

/** Everything that intake works with. */
export type IntakeDependencies = Readonly<{
  store: Store;
  workflows: EnrollmentWorkflows;
  /** The journeys that can be entered now. */
  live: Recent<WorkspaceId, readonly CompiledJourney[]>;
  clock: Clock;
  /**
   * The instant of a receipt, in engine time, with fractions of a millisecond. No two receipts of a
   * process share one.
   */
  receivedNow(): Instant;
  newContactId(): ContactId;
  newEventId(): string;
  /** Makes the tags in enrollment ids. */
  tagKey: Uint8Array;
  /** Told of each failpoint, before a crash there could be seen from outside. */
  failpoint: ReachFailpoint;
  /** Told of trouble that the re-drive will mend. */
  onTrouble(error: unknown, about: string): void;
}>;

/**
 * This process has this time to settle an event, in real milliseconds. Then the re-drive takes it
 * over.
 */
export const leaseMs = 5_000;

/**
 * The journeys of each workspace that can be entered now. They were read at most half a second ago.
 */
export function liveJourneys({ journeys }: Pick<Store, 'journeys'>): IntakeDependencies['live'] {
  return createRecent({
    load: async (workspace: WorkspaceId): Promise<readonly CompiledJourney[]> =>
      (await journeys.live(workspace)).map(({ journey }) => journey),
  });
}

import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../core/time/clock';
import type { CompiledJourney } from '../core/journeys/compiled-journey';
import { contactId, type ContactId, type WorkspaceId } from '../core/ids';
import type { Store } from '../store/store';
import type { EnrollmentWorkflows } from '../temporal/enrollment-workflows';
import type { ReachFailpoint } from '../process/failpoints';
import { base32 } from './accept/event-identity';
import { createRecent, type Recent } from '../process/cache';

/** Everything that intake works with. */
export type IntakeDependencies = Readonly<{
  store: Store;
  workflows: EnrollmentWorkflows;
  /** The journeys that can be entered now. */
  live: Recent<WorkspaceId, readonly CompiledJourney[]>;
  clock: Clock;
  newContactId(): ContactId;
  newEventId(): string;
  /** Signs the tags in enrollment ids. */
  secret: string;
  /** Told of each failpoint, before a crash there could be seen from outside. */
  failpoint: ReachFailpoint;
  /** Told of trouble that the re-drive will mend. */
  onTrouble(error: unknown, about: string): void;
}>;

/** How long this process has to settle what it took before the re-drive takes it over, in real milliseconds. */
export const leaseMs = 5_000;

type Given = Pick<IntakeDependencies, 'store' | 'workflows' | 'clock' | 'secret' | 'onTrouble'> &
  Partial<Pick<IntakeDependencies, 'failpoint'>>;

/** Completes what a process gives with the system's clock and randomness. */
export function withSystem(given: Given): IntakeDependencies {
  return {
    failpoint: () => undefined,
    ...given,
    newContactId: () => contactId(`c${base32(randomBytes(10), 16)}`),
    newEventId: randomUUID,
    live: createRecent({
      load: (workspace: WorkspaceId) => loadLive(given.store, workspace),
      now: () => performance.now(),
    }),
  };
}

async function loadLive(
  { journeys }: Store,
  workspace: WorkspaceId,
): Promise<readonly CompiledJourney[]> {
  return (await journeys.live(workspace)).map(({ journey }) => journey);
}

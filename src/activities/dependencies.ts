import type { ConnectedChannels } from '../channels/connect-channels';
import type { Links } from '../links/token';
import type { ReachFailpoint } from '../process/failpoints';
import type { Clock, Instant } from '../core/time/clock';
import type { Store } from '../store/store';

/**
 * A try of an activity. `number` counts from 1; Temporal scheduled it at `scheduledAt`, in real
 * milliseconds.
 */
export type Attempt = Readonly<{ number: number; scheduledAt: number }>;

export type ActivityDependencies = Readonly<{
  store: Store;
  channels: ConnectedChannels;
  links: Pick<Links, 'unsubscribeUrl'>;
  clock: Clock;
  attempt(): Attempt;
  /** Told of each failpoint, before a crash there could be seen from outside. */
  failpoint: ReachFailpoint;
  /** Waits before the record of a hand-over is tried again. */
  pause(ms: number): Promise<void>;
}>;

/** Right on every retry, and under a server that skips time. */
export function nowOf({ clock, attempt }: ActivityDependencies): Instant {
  return clock.engineTimeOf(Math.max(clock.realNow(), attempt().scheduledAt));
}

/** After this many failed attempts the journey goes on without the work. */
export const mostAttempts = 8;

/** True where the journey goes on even if this attempt fails. */
export function isLastAttempt({ attempt }: Pick<ActivityDependencies, 'attempt'>): boolean {
  return attempt().number >= mostAttempts;
}

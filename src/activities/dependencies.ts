import type { EmailProvider } from '../channels/channel';
import type { ReachFailpoint } from '../process/failpoints';
import type { Clock, Instant } from '../core/time/clock';
import type { Contact } from '../core/contacts/contact';
import type { WorkspaceId } from '../core/ids';
import type { Store } from '../store/store';

/** One try of an activity: its number from 1, and when Temporal scheduled it, in real milliseconds. */
export type Attempt = Readonly<{ number: number; scheduledAt: number }>;

export type ActivityDependencies = Readonly<{
  store: Store;
  email: EmailProvider;
  /** The link by which a contact ends marketing mail; signed, and it accepts a POST without a login. */
  unsubscribeUrl(workspace: WorkspaceId, contact: Contact): string;
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

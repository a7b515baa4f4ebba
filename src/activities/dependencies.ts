import type { ConnectedChannels } from '../channels/connect-channels';
import type { Links } from '../links/token';
import type { ReachFailpoint } from '../process/failpoints/failpoints';
import type { ChannelName } from '../core/channels';
import type { MessageId, WorkspaceId } from '../core/ids';
import type { TrustedDomains } from '../core/messages/sender';
import type { SwitchedOff } from '../core/messages/switches';
import type { TroubleKind } from '../core/messages/trouble';
import type { Clock, Instant } from '../core/time/clock';
import { createRecent } from '../process/cache';
import type { Store } from '../store/store';

/**
 * A try of an activity. `number` counts from 1; Temporal scheduled it at `scheduledAt`, in real
 * milliseconds.
 */
export type Attempt = Readonly<{ number: number; scheduledAt: number }>;

/** A trouble with a provider in codes, as an operator may see it. */
export type ProviderTroubleMet = Readonly<{
  channel: ChannelName;
  kind: TroubleKind;
  /** The provider's own code, such as `450 4.2.0`. */
  status: string | undefined;
  message: MessageId;
}>;

export type ActivityDependencies = Readonly<{
  store: Store;
  channels: ConnectedChannels;
  links: Pick<Links, 'unsubscribeUrl' | 'reportsUrl'>;
  /** Every workspace may send from these. */
  trustedDomains: TrustedDomains;
  /** The things that a workspace has switched off, a moment ago at most. */
  switches: Readonly<{ of(workspace: WorkspaceId): Promise<readonly SwitchedOff[]> }>;
  clock: Clock;
  attempt(): Attempt;
  /** Told of each failpoint, before a crash there could be seen from outside. */
  failpoint: ReachFailpoint;
  /** Told of every trouble that a message met. */
  onProviderTrouble(met: ProviderTroubleMet): void;
  /** Waits before the record of a hand-over is tried again. */
  pause(ms: number): Promise<void>;
}>;

/** Looks again after half a second, so that a switch is heeded within a second. */
export function liveSwitches({ switches }: Pick<Store, 'switches'>) {
  return createRecent({ load: switches.off });
}

/** Right on every retry, and under a server that skips time. */
export function nowOf({ clock, attempt }: ActivityDependencies): Instant {
  return clock.engineTimeOf(Math.max(clock.realNow(), attempt().scheduledAt));
}

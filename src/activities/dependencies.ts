import type { ConnectedChannels } from '../channels/connect-channels';
import type { Links } from '../links/token';
import type { ReachFailpoint } from '../process/failpoints';
import type { ChannelName } from '../core/channels';
import type { MessageId } from '../core/ids';
import type { TrustedDomains } from '../core/messages/sender';
import type { TroubleKind } from '../core/messages/trouble';
import type { Clock, Instant } from '../core/time/clock';
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
  links: Pick<Links, 'unsubscribeUrl'>;
  /** Every workspace may send from these. */
  trustedDomains: TrustedDomains;
  clock: Clock;
  attempt(): Attempt;
  /** Told of each failpoint, before a crash there could be seen from outside. */
  failpoint: ReachFailpoint;
  /** Told of every trouble that a message met. */
  onProviderTrouble(met: ProviderTroubleMet): void;
  /** Waits before the record of a hand-over is tried again. */
  pause(ms: number): Promise<void>;
}>;

/** Right on every retry, and under a server that skips time. */
export function nowOf({ clock, attempt }: ActivityDependencies): Instant {
  return clock.engineTimeOf(Math.max(clock.realNow(), attempt().scheduledAt));
}

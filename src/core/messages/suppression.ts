import { isWithdrawable, type ChannelName, type Purpose } from '../channels';
import type { SuppressionReason } from '../decisions/reasons';
import type { Instant } from '../time/clock';

/**
 * A reason that stands against an address, whichever contact has it. `unsubscribed` is said of one
 * `purpose`; without it, of all that can be refused.
 */
export type Suppression = Readonly<{
  channel: ChannelName;
  because: SuppressionReason;
  purpose?: Purpose;
  at: Instant;
}>;

/** An unsubscribed address still gets other purposes, and what a contract requires. */
export function holdsBack({ because, purpose }: Suppression, of: Purpose): boolean {
  if (because !== 'unsubscribed') return true;
  return isWithdrawable(of) && (purpose === undefined || purpose === of);
}

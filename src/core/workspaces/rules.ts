import { purposes as all, isWithdrawable, type ChannelName, type Purpose } from '../channels';
import type { DurationText } from '../time/duration';
import type { Hours } from '../time/hours';

/** The messages that a rule of a workspace is about. Without channels it is about all. */
type Scope = Readonly<{
  channels?: readonly ChannelName[];
  purposes?: readonly Purpose[];
}>;

/**
 * Hours in which a workspace writes to nobody, in the zone of each contact. They are about
 * marketing and service messages unless they name other purposes.
 */
export type QuietHours = Hours & Scope;

/**
 * A workspace sends a person no more than `most` messages `within` a time. An exact duration is a
 * rolling window. Days and weeks are whole days of the contact's calendar, today among them. A cap
 * is about marketing, by all its channels together, unless it names other purposes.
 */
export type Cap = Readonly<{ most: number; within: DurationText }> & Scope;

/** A message, as far as rules ask what it is. */
type Kind = Readonly<{ channel: ChannelName; purpose: Purpose }>;

/** True of a message that may not go out in these hours. */
export function isQuietFor(hours: QuietHours, message: Kind): boolean {
  return concerns(hours, message, all.filter(isWithdrawable));
}

/** True of a message that a cap counts. */
export function isCountedBy(cap: Cap, message: Kind): boolean {
  return concerns(cap, message, ['marketing']);
}

function concerns(
  { channels, purposes }: Scope,
  { channel, purpose }: Kind,
  usual: readonly Purpose[],
): boolean {
  return (!channels || channels.includes(channel)) && (purposes ?? usual).includes(purpose);
}

import { usualDailyLimit } from '../../../core/workspaces/workspace';
import type { AddressDay } from '../../../store/messages/address-counts';
import { nowOf, type ActivityDependencies } from '../../dependencies';
import type { Addressed, Sending } from '../sending';

const dayMs = 86_400_000;

/** A message in the count of its address. `giveBack` takes it out again. */
export type CountedMessage = Readonly<{ hasRoom: boolean; giveBack: () => Promise<void> }>;

/**
 * Counts a message of whatever purpose at its address, for the UTC day. Beyond the limit of the
 * workspace it has no room. A repeat of the message counts once a day.
 */
export async function countAtAddress(
  dependencies: ActivityDependencies,
  { workspace: { dailyLimitPerAddress: most = usualDailyLimit } }: Sending,
  { id: message, workspace, channel, address }: Addressed,
): Promise<CountedMessage> {
  const { store, clock } = dependencies;
  const day = Math.floor(nowOf(dependencies) / dayMs);
  const place: AddressDay = { channel, address, day };
  const counting = { message, most, until: clock.realNow() + 2 * dayMs };
  return {
    hasRoom: await store.addressCounts.count(workspace, place, counting),
    giveBack: () => store.addressCounts.discount(workspace, place, message),
  };
}

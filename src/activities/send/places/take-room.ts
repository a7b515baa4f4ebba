import { localZone } from '../../../core/contacts/reach/local-zone';
import { usualPriority } from '../../../core/journeys/compiled-journey';
import { latestOf, putOffOrSkip, type HoldingBack } from '../../../core/messages/judge';
import type { Message } from '../../../core/messages/message';
import { capReached, stillCounting, type CapReached } from '../../../core/messages/timing/caps';
import { boundsOf } from '../../../core/time/duration';
import { isCountedBy, type Cap } from '../../../core/workspaces/rules';
import type { Recount } from '../../../store/messages/pressures';
import { nowOf, type ActivityDependencies } from '../../dependencies';
import type { Sending } from '../sending';

/** A place below the caps, or why there is none. `giveBack` takes the message out again. */
export type Room = Readonly<{ refusal?: HoldingBack; giveBack: () => Promise<void> }>;

const dayMs = 86_400_000;

/**
 * Takes a place for a message under every cap of the workspace. A repeat takes no second. So sends
 * that race each other never exceed a cap together.
 */
export async function takeRoom(
  dependencies: ActivityDependencies,
  sending: Sending,
  message: Message,
): Promise<Room> {
  const { caps = [] } = sending.workspace;
  if (!caps.some((cap) => isCountedBy(cap, message))) return withoutCaps;
  const { enrollment, journey, contact, workspace, step } = sending;
  const { id, channel, purpose } = message;
  const { pressures } = dependencies.store;
  const person = [contact?.id ?? enrollment.contact, ...(contact?.aliases ?? [])] as const;
  const at = nowOf(dependencies);
  const under = { caps, zone: localZone(contact, journey, workspace) };
  const priority = journey.priority ?? usualPriority;
  const contacted = { message: id, at, channel, purpose, priority };
  const until = dependencies.clock.realNow() + longestOf(caps);
  let reached: CapReached | undefined;
  await pressures.recount(enrollment.workspace, person, {
    until,
    recount: (before) => {
      reached = capReached(contacted, before, under);
      const others = before.filter((each) => each.message !== id);
      return reached ? undefined : [...stillCounting(others, at, under), contacted];
    },
  });
  const giveBack = async () => {
    const recount: Recount = (before) => before.filter((each) => each.message !== id);
    await pressures.recount(enrollment.workspace, person, { until, recount });
  };
  if (!reached) return { giveBack };
  const latest = latestOf(journey, step, { enrollment, claimedAt: message.at });
  const refusal = putOffOrSkip({ because: 'frequency-cap', until: reached.until }, latest);
  return { refusal, giveBack: withoutCaps.giveBack };
}

const withoutCaps: Room = { giveBack: () => Promise.resolve() };

/** A cap counts nothing any more after this time, in milliseconds. */
function longestOf(caps: readonly Cap[]): number {
  return Math.max(...caps.map(({ within }) => boundsOf(within).longest)) + dayMs;
}

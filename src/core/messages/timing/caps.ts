import type { ChannelName, Purpose } from '../../channels';
import type { MessageId } from '../../ids';
import type { Instant } from '../../time/clock';
import { parseDuration } from '../../time/duration';
import { addDuration, startOfDay } from '../../time/zoned-time';
import { isCountedBy, type Cap } from '../../workspaces/rules';

/** A message that a person has got, or is about to get. The greater priority goes first. */
export type Contacted = Readonly<{
  message: MessageId;
  at: Instant;
  channel: ChannelName;
  purpose: Purpose;
  priority: number;
}>;

/** A cap has no room for a message. There is some again at `until`. */
export type CapReached = Readonly<{ cap: Cap; until: Instant }>;

/**
 * The cap that holds a message back the longest, if any does. A message counts only what has at
 * least its priority: a newsletter never takes the place of a reminder.
 */
export function capReached(
  message: Contacted,
  before: readonly Contacted[],
  { caps, zone }: Readonly<{ caps: readonly Cap[]; zone: string }>,
): CapReached | undefined {
  const others = before.filter((each) => each.message !== message.message);
  const reached = caps
    .filter((cap) => isCountedBy(cap, message))
    .flatMap((cap) => {
      const until = roomAt(cap, message, { others, zone });
      return until > message.at ? [{ cap, until }] : [];
    });
  return reached.toSorted((one, other) => other.until - one.until)[0];
}

/** The messages that a cap may count at `at` or later. */
export function stillCounting(
  before: readonly Contacted[],
  at: Instant,
  { caps, zone }: Readonly<{ caps: readonly Cap[]; zone: string }>,
): readonly Contacted[] {
  return before.filter((each) => caps.some((cap) => countsUntil(cap, each.at, zone) > at));
}

type Among = Readonly<{ others: readonly Contacted[]; zone: string }>;

/** When a cap has room. By then it counts no more than `most - 1` of the messages before. */
function roomAt(cap: Cap, message: Contacted, { others, zone }: Among): Instant {
  const ends = others
    .filter((each) => isCountedBy(cap, each) && each.priority >= message.priority)
    .map((each) => countsUntil(cap, each.at, zone))
    .toSorted((one, other) => other - one);
  return ends[cap.most - 1] ?? message.at;
}

/** The instant from which a message counts no more. */
function countsUntil({ within }: Cap, at: Instant, zone: string): Instant {
  const duration = parseDuration(within);
  if (duration.kind === 'exact') return at + duration.ms;
  return addDuration(startOfDay(at, zone), duration, zone);
}

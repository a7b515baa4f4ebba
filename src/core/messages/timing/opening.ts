import type { ChannelName, Purpose } from '../../channels';
import type { Instant } from '../../time/clock';
import { isWithin, ruleOf, type Hours } from '../../time/hours';
import { earliestWhere, wallClockAt } from '../../time/zoned-time';
import { isQuietFor, type QuietHours } from '../../workspaces/rules';

/** Why the clock holds a message back. */
export type ClockReason = 'outside-window' | 'quiet-hours';

/** A message may not go out yet, or at no time of a week. */
export type Closed = Readonly<{ because: ClockReason; until: Instant | undefined }>;

/** The facts by which the clock judges a message. */
export type ClockFacts = Readonly<{
  id: string;
  channel: ChannelName;
  purpose: Purpose;
  now: Instant;
  zone: string;
  /** The hours of its step. */
  window?: Hours;
  quietHours: readonly QuietHours[];
}>;

/** Messages that wait for the same hour go out over this time, in milliseconds. */
const spreadMs = 15 * 60_000;

/**
 * Says why a message may not go out at this hour, and when it may. Each message has a place of its
 * own in the minutes after the hour, the same at every call, so that nine o'clock is no stampede.
 */
export function closedFor(facts: ClockFacts): Closed | undefined {
  const { now, zone, window } = facts;
  const quiet = facts.quietHours.filter((hours) => isQuietFor(hours, facts));
  if (!window && quiet.length === 0) return undefined;
  const rule = ruleOf(window ? [window] : [], quiet);
  const opening = earliestWhere(rule, zone, now);
  if (opening === now) return undefined;
  const isOutside = window !== undefined && !isWithin(window, wallClockAt(now, zone));
  const because = isOutside ? 'outside-window' : 'quiet-hours';
  if (opening === undefined) return { because, until: undefined };
  const spread = opening + placeOf(facts.id, spreadMs);
  const until = rule.holds(wallClockAt(spread, zone)) ? spread : opening;
  return { because, until };
}

/** A number below `range` that a text always has: FNV-1a, of 32 bits. */
function placeOf(text: string, range: number): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return Math.floor((hash / 2 ** 32) * range);
}

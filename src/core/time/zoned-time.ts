import { Temporal } from 'temporal-polyfill';
import type { Instant } from './clock';
import type { Duration } from './duration';
import type { WallClock, WallRule } from './hours';

/**
 * Adds a duration to an instant. A calendar duration keeps the time of day in the zone. A time that
 * a clock change skips is moved on by the gap; of a repeated time the earlier is meant.
 */
export function addDuration(from: Instant, duration: Duration, zone: string): Instant {
  if (duration.kind === 'exact') return from + duration.ms;
  return Temporal.Instant.fromEpochMilliseconds(from)
    .toZonedDateTimeISO(zone)
    .add(Temporal.Duration.from(duration.iso)).epochMilliseconds;
}

/** True of an IANA name such as `Europe/Rome`; offsets such as `+01:00` are no zones. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** The wall clock of a zone. */
export function wallClockAt(at: Instant, zone: string): WallClock {
  return wallClockOf(zonedOf(at, zone));
}

/** The first instant of the day on which `at` falls. */
export function startOfDay(at: Instant, zone: string): Instant {
  return zonedOf(at, zone).startOfDay().epochMilliseconds;
}

/**
 * The earliest instant from `from` on at which a rule holds. Undefined if it holds at no time of a
 * week. Only the wall clock counts: a time that a clock change skips does not come, and a repeated
 * time comes twice.
 */
export function earliestWhere(rule: WallRule, zone: string, from: Instant): Instant | undefined {
  let at = from;
  while (at <= from + weekMs + dayMs) {
    const start = zonedOf(at, zone);
    if (rule.holds(wallClockOf(start))) return at;
    const found = nextByTheWall(rule, start);
    const change = start.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
    if (found !== undefined && found < change) return found;
    at = change;
  }
  return undefined;
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** Looks through the minutes of a week as if no clock changed. */
function nextByTheWall(rule: WallRule, start: Temporal.ZonedDateTime): Instant | undefined {
  const { weekday, minute: now } = wallClockOf(start);
  for (let days = 0; days <= 7; days += 1) {
    const clock = { weekday: ((weekday - 1 + days) % 7) + 1 };
    const found = rule.changesAt.find(
      (minute) => (days > 0 || minute > now) && rule.holds({ ...clock, minute }),
    );
    if (found !== undefined) return instantAt(start, days, found);
  }
  return undefined;
}

/** The earlier of a repeated time, unless that is over. */
function instantAt(start: Temporal.ZonedDateTime, days: number, minute: number): Instant {
  const time = start
    .toPlainDate()
    .add({ days })
    .toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const at = time.toZonedDateTime(start.timeZoneId).epochMilliseconds;
  if (at > start.epochMilliseconds) return at;
  return time.toZonedDateTime(start.timeZoneId, { disambiguation: 'later' }).epochMilliseconds;
}

function zonedOf(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

function wallClockOf({ dayOfWeek, hour, minute }: Temporal.ZonedDateTime): WallClock {
  return { weekday: dayOfWeek, minute: hour * 60 + minute };
}

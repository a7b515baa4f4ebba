import { Temporal } from 'temporal-polyfill';
import type { Instant } from './clock';
import type { Duration } from './duration';

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

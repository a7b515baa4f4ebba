import { setTimeout as delay } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { realOf, virtualOf, type Instant, type VirtualClock } from '../../../src/core/time/clock';

export const zone = 'Europe/Rome';

const minuteMs = 60_000;

/** A stretch of virtual time in milliseconds. */
export function hours(count: number, minutes = 0): number {
  return (count * 60 + minutes) * minuteMs;
}

/** The latest Monday, ten in the morning in Rome, at or before an instant. */
export function mondayAtTen(before: Instant): Instant {
  const then = Temporal.Instant.fromEpochMilliseconds(before).toZonedDateTimeISO(zone);
  const monday = then.subtract({ days: then.dayOfWeek - 1 }).withPlainTime('10:00');
  const latest = monday.epochMilliseconds <= before ? monday : monday.subtract({ weeks: 1 });
  return latest.epochMilliseconds;
}

export function nowOn(clock: VirtualClock): Instant {
  return virtualOf(clock, Date.now());
}

/** Resolves at a virtual instant, at once when it is past; rejects when the signal is aborted. */
export async function untilInstant(
  clock: VirtualClock,
  instant: Instant,
  signal: AbortSignal,
): Promise<void> {
  await delay(Math.max(0, realOf(clock, instant) - Date.now()), undefined, { signal });
}

const clockFace = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** As a clock in Rome shows it: `Mon 10:00`. */
export function faceOf(instant: Instant): string {
  return clockFace.format(instant).replace(',', '');
}

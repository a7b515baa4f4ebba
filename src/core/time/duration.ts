import { DomainError } from '../domain-error';

/** An ISO 8601 duration such as `PT1H` or `P2D`. */
export type DurationText = string;

/** A parsed duration: `exact` has a length, `calendar` depends on date and zone. */
export type Duration =
  Readonly<{ kind: 'exact'; ms: number }> | Readonly<{ kind: 'calendar'; iso: string }>;

const iso8601 =
  /^P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.]\d{1,3})?)S)?)?$/;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const unitsMs = [366 * day, 31 * day, 7 * day, day, hour, minute, second] as const;
const shortestUnitsMs = [365 * day, 28 * day, 7 * day, day, hour, minute, second] as const;
const calendarUnits = 4;
const longestMs = 100 * 366 * day;

/**
 * Parses an ISO 8601 duration of at most 100 years. Hours, minutes and seconds alone are exact;
 * years, months, weeks and days depend on date and zone. Throws `invalid` with the remedy.
 */
export function parseDuration(text: DurationText): Duration {
  const parts = partsOf(text);
  if (!parts || lengthMs(parts) > longestMs) {
    throw new DomainError(
      'invalid',
      `"${text.slice(0, 40)}" is not an ISO 8601 duration of at most P100Y; write for example PT1H, P2D or P1DT12H`,
    );
  }
  const isCalendar = parts.slice(0, calendarUnits).some((part) => part !== undefined);
  return isCalendar ? { kind: 'calendar', iso: text } : { kind: 'exact', ms: lengthMs(parts) };
}

/** True of a text that `parseDuration` reads. */
export function isDuration(text: string): boolean {
  const parts = partsOf(text);
  return parts !== undefined && lengthMs(parts) <= longestMs;
}

/** The length of an exact duration in milliseconds. Throws `invalid` on a calendar one. */
export function exactMs(text: DurationText): number {
  const duration = parseDuration(text);
  if (duration.kind === 'exact') return duration.ms;
  throw new DomainError('invalid', `"${text}" has no exact length; write hours, as in PT24H`);
}

/**
 * The shortest and the longest length of a duration in milliseconds. A calendar one depends on the
 * month, the year and changes of the clock by an hour. Throws `invalid` where it does not parse.
 */
export function boundsOf(text: DurationText): Readonly<{ shortest: number; longest: number }> {
  const duration = parseDuration(text);
  if (duration.kind === 'exact') return { shortest: duration.ms, longest: duration.ms };
  const parts = partsOf(text) ?? [];
  return {
    shortest: lengthMs(parts, shortestUnitsMs) - hour,
    longest: lengthMs(parts) + hour,
  };
}

type Parts = readonly (string | undefined)[];

function partsOf(text: string): Parts | undefined {
  return iso8601.exec(text)?.slice(1);
}

/** At most this long. Years and months count as their longest, unless other units are given. */
function lengthMs(parts: Parts, units: readonly number[] = unitsMs): number {
  const sum = parts.reduce((ms, part, unit) => ms + Number(part ?? 0) * (units[unit] ?? 0), 0);
  return Math.round(sum);
}

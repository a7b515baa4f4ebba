/** A time of day such as `09:00`. `24:00` is the end of the day. */
export type TimeOfDay = string;

/** The days of the week, as ISO 8601 counts them: Monday is the first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

/**
 * Hours of a day, from `from` up to but without `to`. If `to` is not later, they last until that
 * time of the next day. They begin on each of `days`; by default on every day.
 */
export type Hours = Readonly<{ from: TimeOfDay; to: TimeOfDay; days?: readonly Weekday[] }>;

/** The time that a clock on the wall shows. */
export type WallClock = Readonly<{
  /** From 1, Monday, to 7, as ISO 8601 counts. */
  weekday: number;
  /** The minute of the day, from 0. */
  minute: number;
}>;

/** Says when something may happen. It changes only at these minutes of the day, in order. */
export type WallRule = Readonly<{
  holds(clock: WallClock): boolean;
  changesAt: readonly number[];
}>;

/**
 * Holds within any hours of `within`, and outside all of `outside`. Without any in `within` it
 * holds at all others.
 */
export function ruleOf(within: readonly Hours[], outside: readonly Hours[]): WallRule {
  const hours = [...within, ...outside];
  return {
    holds: (clock) =>
      (within.length === 0 || within.some((each) => isWithin(each, clock))) &&
      !outside.some((each) => isWithin(each, clock)),
    changesAt: [...new Set([0, ...hours.flatMap(({ from, to }) => [minuteOf(from), minuteOf(to)])])]
      .filter((minute) => minute < minutesOfDay)
      .sort((one, other) => one - other),
  };
}

/** True of a time on the wall that lies within the hours. */
export function isWithin({ from, to, days }: Hours, { weekday, minute }: WallClock): boolean {
  const [begins, ends] = [minuteOf(from), minuteOf(to)];
  const isToday = beginsOn(days, weekday);
  if (begins < ends) return isToday && begins <= minute && minute < ends;
  const sinceYesterday = beginsOn(days, weekday === 1 ? 7 : weekday - 1) && minute < ends;
  return sinceYesterday || (isToday && begins <= minute);
}

const minutesOfDay = 24 * 60;

function beginsOn(days: readonly Weekday[] | undefined, weekday: number): boolean {
  if (!days) return true;
  const day = weekdays[weekday - 1];
  return day !== undefined && days.includes(day);
}

function minuteOf(time: TimeOfDay): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

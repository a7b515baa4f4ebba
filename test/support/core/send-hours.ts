import fc from 'fast-check';
import { ruleOf, weekdays, type Hours } from '../../../src/core/time/hours';
import { earliestWhere } from '../../../src/core/time/zoned-time';

/** Somebody asks at an instant when a message may go out, in a zone. */
export type Asked = Readonly<{
  zone: string;
  at: number;
  within: readonly Hours[];
  outside: readonly Hours[];
  /** Somebody asks again so much later. */
  laterMs: number;
}>;

const minuteMs = 60_000;
const weekMs = 7 * 24 * 60 * minuteMs;
const twoDigits = (number: number) => String(number).padStart(2, '0');

const timeOfDay = fc
  .integer({ min: 0, max: 1_439 })
  .map((minute) => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`);
const hours = fc
  .record(
    { from: timeOfDay, to: timeOfDay, days: fc.subarray([...weekdays], { minLength: 1 }) },
    { requiredKeys: ['from', 'to'] },
  )
  .filter(({ from, to }) => from !== to);

/** Around changes of clocks and leap days, and anywhere in two years. */
const moments = [
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-11-01T06:00Z',
  '2028-02-29T12:00Z',
];
const instant = fc.oneof(
  fc
    .tuple(fc.constantFrom(...moments), fc.integer({ min: -3_000, max: 1_500 }))
    .map(([moment, minutes]) => Date.parse(moment) + minutes * minuteMs),
  fc
    .integer({ min: 0, max: 2 * 366 * 24 * 60 })
    .map((minutes) => Date.parse('2026-01-01T00:00Z') + minutes * minuteMs),
);

/** Any hours of any zone that this runtime knows. */
export const anyAsked: fc.Arbitrary<Asked> = fc.record({
  zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  at: instant,
  within: fc.array(hours, { maxLength: 1 }),
  outside: fc.array(hours, { maxLength: 2 }),
  laterMs: fc.integer({ min: 0, max: 3_000 }).map((minutes) => minutes * minuteMs),
});

/**
 * Finds what is wrong with the answer. The oracle reads the wall clock by the runtime's own
 * formatter, and looks at minutes before the answer one by one.
 */
export function faultOf({ zone, at, within, outside, laterMs }: Asked): string | undefined {
  const rule = ruleOf(within, outside);
  const answer = earliestWhere(rule, zone, at);
  const isAllowed = (when: number) => allows(wallOf(when, zone), within, outside);
  if (answer === undefined) {
    const found = minutesFrom(at, at + weekMs, 97).find(isAllowed);
    return found === undefined ? undefined : `closed for ever, but open at ${iso(found)}`;
  }
  if (answer < at) return `before it was asked: ${iso(answer)}`;
  if (!isAllowed(answer)) return `outside its hours: ${iso(answer)}`;
  const sooner = minutesFrom(at, answer, Math.max(1, (answer - at) / minuteMs / 40)).find(
    isAllowed,
  );
  if (sooner !== undefined) return `${iso(answer)}, but open at ${iso(sooner)}`;
  if (earliestWhere(rule, zone, answer) !== answer) return `not the same once it has come`;
  const later = earliestWhere(rule, zone, at + laterMs);
  return later !== undefined && later < answer ? `sooner when asked later` : undefined;
}

function minutesFrom(from: number, to: number, step: number): readonly number[] {
  const count = Math.max(0, Math.ceil((to - from) / (step * minuteMs)));
  const all = Array.from({ length: count }, (_, nth) => from + Math.floor(nth * step) * minuteMs);
  return all.filter((when) => when < to);
}

type Wall = Readonly<{ weekday: number; time: string }>;

function allows(wall: Wall, within: readonly Hours[], outside: readonly Hours[]): boolean {
  const isOpen = within.length === 0 || within.some((each) => covers(each, wall));
  return isOpen && !outside.some((each) => covers(each, wall));
}

/** Compares times as texts, and days as numbers. */
function covers({ from, to, days = weekdays }: Hours, { weekday, time }: Wall): boolean {
  const begins = days.map((day) => weekdays.indexOf(day));
  const yesterday = (weekday + 6) % 7;
  if (from < to) return begins.includes(weekday) && from <= time && time < to;
  return (begins.includes(weekday) && time >= from) || (begins.includes(yesterday) && time < to);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function wallOf(when: number, zone: string): Wall {
  const formatter =
    formatters.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formatters.set(zone, formatter);
  const parts = Object.fromEntries(
    formatter.formatToParts(when).map(({ type, value }) => [type, value]),
  );
  const day = weekdays.findIndex((each) => each === parts['weekday']?.toLowerCase());
  return { weekday: day, time: `${parts['hour']}:${parts['minute']}` };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

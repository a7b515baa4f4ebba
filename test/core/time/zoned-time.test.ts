import fc from 'fast-check';
import { parseDuration } from '../../../src/core/time/duration';
import { addDuration, isZone } from '../../../src/core/time/zoned-time';

const hour = 3_600_000;
const at = (text: string): number => Date.parse(text);
const after = (from: string, duration: string, zone: string): string =>
  new Date(addDuration(at(from), parseDuration(duration), zone)).toISOString();

describe('a duration after an instant', () => {
  it('is exact where the duration is', () => {
    expect(after('2026-03-28T12:00:00Z', 'PT24H', 'Europe/Rome')).toBe('2026-03-29T12:00:00.000Z');
  });

  it('is 23 hours later for a day in which clocks go forward', () => {
    expect(after('2026-03-28T12:00:00Z', 'P1D', 'Europe/Rome')).toBe('2026-03-29T11:00:00.000Z');
  });

  it('is 25 hours later for a day in which clocks go back', () => {
    expect(after('2026-10-24T12:00:00Z', 'P1D', 'Europe/Rome')).toBe('2026-10-25T13:00:00.000Z');
  });

  it('moves forward where the time of day does not exist', () => {
    expect(after('2026-03-28T01:30:00Z', 'P1D', 'Europe/Rome')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('is the earlier where the time of day exists twice', () => {
    expect(after('2026-10-24T00:30:00Z', 'P1D', 'Europe/Rome')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('is the last day of a shorter month', () => {
    expect(after('2026-01-31T12:00:00Z', 'P1M', 'UTC')).toBe('2026-02-28T12:00:00.000Z');
  });
});

const minute = 60_000;
const changes = [
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-03-08T07:00Z',
  '2026-10-03T15:30Z',
];
const anyZone = fc.constantFrom(
  'UTC',
  'Europe/Rome',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
);
/** One instant in two lies within a day and a half of a clock change in one of the zones. */
const anyInstant = fc.oneof(
  fc.integer({ min: at('2000-01-01T00:00Z'), max: at('2040-01-01T00:00Z') }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -36 * 60, max: 12 * 60 }))
    .map(([change, minutes]) => at(change) + minutes * minute),
);

function minutesOfDay(ms: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(ms);
  return at(`1970-01-01T${clock}Z`) / minute;
}

describe('a day later, in any zone', () => {
  const aDay = parseDuration('P1D');
  const twoDays = parseDuration('P2D');

  it('has the same time of day, or a later one where clocks go forward over it', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, from) => {
        const later = addDuration(from, aDay, zone);

        const moved = minutesOfDay(later, zone) - minutesOfDay(from, zone);
        expect([0, 30, 60]).toContain(moved);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is 23 to 25 hours later', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, from) => {
        const ms = addDuration(from, aDay, zone) - from;

        expect(ms).toBeGreaterThanOrEqual(23 * hour);
        expect(ms).toBeLessThanOrEqual(25 * hour);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is before two days later', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, from) => {
        expect(addDuration(from, aDay, zone)).toBeLessThan(addDuration(from, twoDays, zone));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is not before that of a start an hour or more earlier', () => {
    const lead = fc.integer({ min: hour, max: 4 * hour });

    fc.assert(
      fc.property(anyZone, anyInstant, lead, (zone, from, ms) => {
        const earlier = addDuration(from, aDay, zone);
        const later = addDuration(from + ms, aDay, zone);

        expect(later).toBeGreaterThanOrEqual(earlier);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a zone', () => {
  it.each(['Europe/Rome', 'UTC', 'Asia/Kathmandu'])('has an IANA name: %s', (name) => {
    expect(isZone(name)).toBe(true);
  });

  it.each(['', 'Rome', '+01:00', 'Z', '2020-01-01T00:00[Europe/Rome]', 'constructor'])(
    'is not %j',
    (name) => {
      expect(isZone(name)).toBe(false);
    },
  );
});

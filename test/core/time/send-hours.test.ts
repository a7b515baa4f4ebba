import fc from 'fast-check';
import { ruleOf, type Hours } from '../../../src/core/time/hours';
import { earliestWhere, startOfDay } from '../../../src/core/time/zoned-time';
import { anyAsked, faultOf } from '../../support/core/send-hours';

const office: Hours = { from: '09:00', to: '17:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] };
const day: Hours = { from: '09:00', to: '21:00' };
const night: Hours = { from: '21:00', to: '09:00' };

describe('the earliest time within hours', () => {
  it.each([
    {
      it: '09:00 Rome asked on the day before DST starts',
      hours: day,
      zone: 'Europe/Rome',
      asked: '2026-03-28T22:00:00Z',
      opens: '2026-03-29T07:00:00.000Z',
    },
    {
      it: 'Monday 08:00 Tokyo',
      hours: { from: '08:00', to: '18:00', days: ['mon'] } as const,
      zone: 'Asia/Tokyo',
      asked: '2026-11-27T12:00:00Z',
      opens: '2026-11-29T23:00:00.000Z',
    },
    {
      it: 'Monday morning, asked on Friday evening',
      hours: office,
      zone: 'Europe/Rome',
      asked: '2026-11-27T17:30:00Z',
      opens: '2026-11-30T08:00:00.000Z',
    },
    {
      it: 'the end of the gap, where a clock change skips the beginning',
      hours: { from: '02:30', to: '04:00' },
      zone: 'Europe/Rome',
      asked: '2026-03-29T00:00:00Z',
      opens: '2026-03-29T01:00:00.000Z',
    },
    {
      it: 'the first of a time that a clock change repeats',
      hours: { from: '02:30', to: '04:00' },
      zone: 'Europe/Rome',
      asked: '2026-10-24T23:00:00Z',
      opens: '2026-10-25T00:30:00.000Z',
    },
    {
      it: 'a leap day',
      hours: day,
      zone: 'America/New_York',
      asked: '2028-02-29T03:00:00Z',
      opens: '2028-02-29T14:00:00.000Z',
    },
    {
      it: 'the next day, where a night lasts past midnight',
      hours: { from: '22:00', to: '02:00', days: ['sat'] } as const,
      zone: 'UTC',
      asked: '2026-11-29T01:30:00Z',
      opens: '2026-11-29T01:30:00.000Z',
    },
  ])('is $it', ({ hours, zone, asked, opens }) => {
    const found = earliestWhere(ruleOf([hours], []), zone, Date.parse(asked));

    expect(new Date(found ?? 0).toISOString()).toBe(opens);
  });

  it('is the end of hours that are closed', () => {
    const found = earliestWhere(
      ruleOf([], [night]),
      'Europe/Rome',
      Date.parse('2026-11-27T22:00Z'),
    );

    expect(new Date(found ?? 0).toISOString()).toBe('2026-11-28T08:00:00.000Z');
  });

  it('is none where the rules leave no time of a week', () => {
    expect(earliestWhere(ruleOf([day], [day]), 'UTC', 0)).toBeUndefined();
  });

  it('is in its hours, the first of them and never sooner when asked later, in every zone', () => {
    fc.assert(
      fc.property(anyAsked, (asked) => {
        expect(faultOf(asked)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the start of a day', () => {
  it('is its first instant, where midnight is skipped', () => {
    const noon = Date.parse('2026-04-24T10:00:00Z');

    expect(new Date(startOfDay(noon, 'Africa/Cairo')).toISOString()).toBe(
      '2026-04-23T22:00:00.000Z',
    );
  });
});

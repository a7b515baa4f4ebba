import { exactMs, isDuration, parseDuration } from '../../../src/core/time/duration';

const hour = 3_600_000;

describe('a duration', () => {
  it.each([
    ['PT1H', hour],
    ['PT24H', 24 * hour],
    ['PT1H30M', 1.5 * hour],
    ['PT0.25S', 250],
    ['PT0S', 0],
  ])('of hours, minutes and seconds is exact: %s', (text, ms) => {
    expect(parseDuration(text)).toEqual({ kind: 'exact', ms });
    expect(exactMs(text)).toBe(ms);
  });

  it.each(['P1D', 'P2W', 'P3M', 'P1Y', 'P1DT12H', 'P0D', 'P100Y'])(
    'with days or more is a calendar duration: %s',
    (text) => {
      expect(parseDuration(text)).toEqual({ kind: 'calendar', iso: text });
      expect(() => exactMs(text)).toThrow('write hours, as in PT24H');
    },
  );

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    '1H',
    'PT1H ',
    '-PT1H',
    'PT-1H',
    'pt1h',
    'PT1.5H',
    'P1H',
    'PT1D',
    'P101Y',
    'PT999999999H',
    'one hour',
  ])('is refused with a remedy when it is %j', (text) => {
    expect(isDuration(text)).toBe(false);
    expect(() => parseDuration(text)).toThrow(`"${text}" is not an ISO 8601 duration`);
    expect(() => parseDuration(text)).toThrow('write for example PT1H, P2D or P1DT12H');
  });
});

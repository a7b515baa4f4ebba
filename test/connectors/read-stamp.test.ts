import fc from 'fast-check';
import { readStamp } from '../../src/connectors/read-stamp';

const ms = Date.parse('2026-03-02T09:00:00.123Z');
const second = Date.parse('2026-03-02T09:00:00Z');

describe('a stamp', () => {
  it.each([
    ['2026-03-02T09:00:00.123Z', ms],
    ['2026-03-02T10:00:00.123+01:00', ms],
    ['2026-03-02 10:00:00.123+0100', ms],
    ['2026-03-02T04:00:00.123456789-05', ms],
    ['2026-03-02 09:00:00 Z', second],
    ['2026-03-02T09:00Z', second],
    ['2026-03-02', Date.parse('2026-03-02T00:00:00Z')],
    [' 2026-03-02T09:00:00Z ', second],
    ['Mon, 02 Mar 2026 09:00:00 GMT', second],
    ['Mon Mar 02 2026 10:00:00 GMT+0100 (Central European Standard Time)', second],
    [second / 1_000, second],
    [ms / 1_000, ms],
    [ms, ms],
    [ms * 1_000, ms],
    [String(second / 1_000), second],
    [String(ms), ms],
  ])('R8: %j is read', (value, expected) => {
    expect(readStamp(value)).toEqual({ ms: expected });
  });

  it.each([
    ['2026-03-02T09:00:00'],
    ['03/02/2026 09:00:00 GMT'],
    ['yesterday'],
    ['2026-13-45T09:00:00Z'],
    ['0000-00-00 00:00:00'],
    ['1970-01-01T00:00:00Z'],
    ['0001-01-01T00:00:00Z'],
    [0],
    [20_260_302],
    [-1],
    [true],
    [{ $date: 'x' }],
  ])('R8: %j names no instant', (value) => {
    expect(readStamp(value)).toEqual({
      unreadable: typeof value === 'string' ? value : JSON.stringify(value),
    });
  });

  it.each([[undefined], [null], ['']])('%j is none', (value) => {
    expect(readStamp(value)).toEqual({});
  });

  it('is read the same in whichever unit it is counted', () => {
    const anyMs = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 11, 31) });
    fc.assert(
      fc.property(anyMs, (instant) => {
        const whole = Math.floor(instant / 1_000) * 1_000;

        expect(readStamp(instant)).toEqual({ ms: instant });
        expect(readStamp(instant * 1_000)).toEqual({ ms: instant });
        expect(readStamp(whole / 1_000)).toEqual({ ms: whole });
      }),
    );
  });

  it('keeps little of what it cannot read', () => {
    expect(readStamp('x'.repeat(1_000)).unreadable).toHaveLength(64);
  });
});

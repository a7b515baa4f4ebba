import { closedFor, type ClockFacts } from '../../../src/core/messages/timing/opening';

const night = { from: '21:00', to: '09:00' };
const quarter = 15 * 60_000;
const facts: ClockFacts = {
  id: 'm1',
  channel: 'email',
  purpose: 'marketing',
  now: Date.parse('2026-11-27T22:00Z'),
  zone: 'Europe/Rome',
  quietHours: [night],
};
const nineOClock = Date.parse('2026-11-28T08:00Z');

describe('the hours of a message', () => {
  it('are open where nobody has closed any', () => {
    expect(closedFor({ ...facts, quietHours: [] })).toBeUndefined();
  });

  it('begin after the quiet hours, in a place of its own within a quarter of an hour', () => {
    const places = Array.from({ length: 200 }, (_, nth) => {
      const closed = closedFor({ ...facts, id: `m${nth}` });
      return (closed?.until ?? 0) - nineOClock;
    });

    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThan(quarter);
    expect(new Set(places).size).toBeGreaterThan(190);
    expect(closedFor(facts)).toEqual(closedFor(facts));
  });

  it('are open all night for what nobody may refuse', () => {
    expect(closedFor({ ...facts, purpose: 'transactional' })).toBeUndefined();
  });

  it('are those of its step, and of the workspace as well', () => {
    const lateShift = { from: '20:00', to: '23:59' };

    expect(closedFor({ ...facts, window: lateShift, quietHours: [] })).toBeUndefined();
    const closed = closedFor({ ...facts, window: lateShift });
    const eightOClock = Date.parse('2026-11-28T19:00Z');

    expect(closed?.because).toBe('quiet-hours');
    expect(closed?.until).toBeGreaterThanOrEqual(eightOClock);
    expect(closed?.until).toBeLessThan(eightOClock + quarter);
  });

  it('end in a place before the window does, where that is short', () => {
    const window = { from: '09:00', to: '09:01' };

    expect(closedFor({ ...facts, window })?.until).toBe(nineOClock);
  });

  it('never come where the rules contradict each other', () => {
    expect(closedFor({ ...facts, window: night })).toEqual({
      because: 'quiet-hours',
      until: undefined,
    });
  });
});

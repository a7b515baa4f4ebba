import fc from 'fast-check';
import { clockBounds, timingOf } from '../../src/connectors/occurred-at';

const receivedAt = Date.parse('2026-03-02T09:00:00.000Z');
const reception = { receivedAt, engineTimeOf: (realMs: number) => realMs };
const second = 1_000;
const { oldestMs, aheadMs } = clockBounds;

const anyStamp = fc.integer({ min: -8.64e15, max: 8.64e15 });
const anyScale = fc.integer({ min: 1, max: 100_000 });
const onAnyClock = (scale: number) => ({
  receivedAt,
  engineTimeOf: (realMs: number) => receivedAt + (realMs - receivedAt) * scale,
});

describe('the time of an event', () => {
  it('is that of its receipt where the client says nothing', () => {
    const timing = timingOf({}, reception);

    expect(timing).toEqual({});
  });

  it('is what the client says', () => {
    const timing = timingOf({ happened: receivedAt - second }, reception);

    expect(timing).toEqual({
      occurredAt: receivedAt - second,
      timestamp: '2026-03-02T08:59:59.000Z',
    });
  });

  it('is as long before its receipt as before it was sent', () => {
    const tomorrow = receivedAt + 86_400_000;

    const timing = timingOf({ happened: tomorrow, sent: tomorrow + 30 * second }, reception);

    expect(timing).toMatchObject({ occurredAt: receivedAt - 30 * second });
    expect(timing).not.toHaveProperty('unrouted');
  });

  it.each([
    ['a little ahead', receivedAt + aheadMs, { occurredAt: receivedAt }],
    ['too far ahead', receivedAt + aheadMs + 1, { restamped: { because: 'too-far-ahead' } }],
    ['old', receivedAt - oldestMs, { occurredAt: receivedAt - oldestMs }],
    ['too old', receivedAt - oldestMs - 1, { restamped: { because: 'too-old' } }],
  ])('has bounds: %s', (_what, happened, expected) => {
    const timing = timingOf({ happened }, reception);

    expect(timing).toMatchObject(expected);
    expect('restamped' in timing).toBe('restamped' in expected);
    expect('occurredAt' in timing).toBe('occurredAt' in expected);
  });

  it('is too old also where only the client’s own clock says how old', () => {
    const timing = timingOf({ happened: 0, sent: oldestMs + 1 }, reception);

    expect(timing).toMatchObject({ restamped: { because: 'too-old' } });
  });

  it('is the client’s own where it is history of long ago', () => {
    const happened = receivedAt - oldestMs - 1;

    const timing = timingOf({ happened }, { ...reception, isHistory: true });

    expect(timing).toMatchObject({ occurredAt: happened, unrouted: 'too-old', history: true });
  });

  it('is that of its receipt where history is stamped ahead', () => {
    const happened = receivedAt + aheadMs + 1;

    const timing = timingOf({ happened }, { ...reception, isHistory: true });

    expect(timing).toMatchObject({ restamped: { because: 'too-far-ahead' } });
    expect(timing).not.toHaveProperty('unrouted');
  });

  it('is bounded in real time under a virtual clock', () => {
    const fast = onAnyClock(3_600);

    const timing = timingOf({ happened: receivedAt - 144 * second }, fast);

    expect(timing).toMatchObject({ occurredAt: receivedAt - 144 * 3_600 * second });
    expect(timing).not.toHaveProperty('restamped');
  });

  it('is never after the receipt', () => {
    fc.assert(
      fc.property(
        anyStamp,
        fc.option(anyStamp, { nil: undefined }),
        anyScale,
        (happened, sent, scale) => {
          const { occurredAt = receivedAt } = timingOf({ happened, sent }, onAnyClock(scale));

          expect(occurredAt).toBeLessThanOrEqual(receivedAt);
        },
      ),
    );
  });

  it('is out of bounds exactly where it is out of bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -2 * oldestMs, max: 2 * oldestMs }),
        anyScale,
        (ageMs, scale) => {
          const { restamped } = timingOf({ happened: receivedAt - ageMs }, onAnyClock(scale));

          expect(restamped !== undefined).toBe(ageMs > oldestMs || ageMs < -aheadMs);
        },
      ),
    );
  });

  it('does not depend on how wrong the client’s clock is, once it says when it sent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 * oldestMs }),
        fc.integer({ min: -1e12, max: 1e12 }),
        (ageMs, skewMs) => {
          const right = timingOf({ happened: receivedAt - ageMs, sent: receivedAt }, reception);
          const sent = receivedAt + skewMs;
          const wrong = timingOf({ happened: sent - ageMs, sent }, reception);

          expect(wrong.occurredAt).toBe(right.occurredAt);
          expect(wrong.restamped?.because).toBe(right.restamped?.because);
        },
      ),
    );
  });

  it('can always be written down, and repeats what the client said', () => {
    fc.assert(
      fc.property(anyStamp, anyScale, (happened, scale) => {
        const history = { ...onAnyClock(scale), isHistory: true };
        const { occurredAt = receivedAt, timestamp } = timingOf({ happened }, history);

        expect(new Date(occurredAt).getTime()).not.toBeNaN();
        expect(timestamp).toBe(new Date(happened).toISOString());
      }),
    );
  });
});

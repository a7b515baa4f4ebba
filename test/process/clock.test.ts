import { createClock, createReceipts } from '../../src/process/clock';

describe('a clock', () => {
  it('tells engine time and real time of the same moment', () => {
    let realNow = 5_000;
    const virtual = { realOrigin: 4_000, virtualOrigin: 100_000, scale: 60 };
    const clock = createClock(virtual, () => realNow);

    expect([clock.now(), clock.realNow()]).toStrictEqual([160_000, 5_000]);

    realNow += 1;

    expect([clock.now(), clock.realNow()]).toStrictEqual([160_060, 5_001]);
    expect(clock.engineTimeOf(4_000)).toBe(100_000);
  });
});

describe('receipts', () => {
  it('keep their order and stay with the clock, however many come at one instant', () => {
    const receivedNow = createReceipts({ now: () => 1_790_000_000_000 });

    const receipts = Array.from({ length: 20_000 }, receivedNow);

    const isInOrder = receipts.every((at, n) => n === 0 || at > (receipts[n - 1] ?? Infinity));
    expect(isInOrder).toBe(true);
    expect(Math.max(...receipts) - 1_790_000_000_000).toBeLessThan(20);
  });

  it('follow a clock that was set back far', () => {
    let now = 10_000;
    const receivedNow = createReceipts({ now: () => now });
    receivedNow();

    now = 1_000;

    expect(receivedNow()).toBe(1_000);
  });
});

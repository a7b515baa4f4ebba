import { createClock } from '../../src/process/clock';

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

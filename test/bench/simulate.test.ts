import { exponential } from '../../bench/model/draws';
import { simulate } from '../../bench/model/simulate';
import type { House, Work } from '../../bench/model/work';
import { createRandom } from '../../scripts/chaos/random';

const meanMs = 2;
const burst = { kind: 'burst', part: 'desk', ms: meanMs } as const;

function visits(arrivals: Work['arrivals'], steps: Work['steps'] = [burst]): Work {
  return { name: 'visit', arrivals, steps, answeredAfter: 1 };
}

const atLoad = (load: number, desks = 1) => ({ perSecond: (load * desks * 1_000) / meanMs });

function houseOf(desks: number, cores = desks): House {
  return { cores, parts: { desk: { processes: 1, threads: desks } } };
}

const count = 150_000;

function outcomeOf(house: House, work: Work, { isRandom = true } = {}) {
  const { next } = createRandom(7);
  const { arrivals } = work;
  const forMs = 'lanes' in arrivals ? 20_000 : (count * 1_000) / arrivals.perSecond;
  const { works, ...others } = simulate({
    house,
    works: [work],
    warmUpMs: 5_000,
    forMs,
    random: next,
    draw: () => (isRandom ? exponential(next) : 1),
  });
  const none = { mean: NaN, p50: NaN, p99: NaN };
  return { ...others, ...(works['visit'] ?? { perSecond: 0, answered: none, done: none }) };
}

/** The share of those who have to wait, by Erlang's C formula. */
function erlangC(load: number, desks: number): number {
  let blocked = 1;
  for (let n = 1; n <= desks; n += 1)
    blocked = (load * desks * blocked) / (n + load * desks * blocked);
  return blocked / (1 - load * (1 - blocked));
}

describe('the simulation of a queue', () => {
  it.each([0.3, 0.5, 0.8])('has the delays of M/M/1 at a load of %d', (load) => {
    const { done, busy } = outcomeOf(houseOf(1), visits(atLoad(load)));

    const mean = meanMs / (1 - load);
    expect(busy['desk']).toBeCloseTo(load, 1);
    expect(done.mean / mean).toBeCloseTo(1, 1);
    expect(done.p50 / (Math.log(2) * mean)).toBeCloseTo(1, 1);
    expect(done.p99 / (Math.log(100) * mean)).toBeCloseTo(1, 1);
  });

  it.each([2, 4, 16])('has the mean delay of M/M/%d', (desks) => {
    const load = 0.8;

    const { done } = outcomeOf(houseOf(desks), visits(atLoad(load, desks)));

    const mean = meanMs * (1 + erlangC(load, desks) / (desks * (1 - load)));
    expect(done.mean / mean).toBeCloseTo(1, 1);
  });

  it('has the mean delay of M/D/1 where every burst is as long', () => {
    const { done } = outcomeOf(houseOf(1), visits(atLoad(0.8)), { isRandom: false });

    expect(done.mean / (meanMs * (1 + 0.8 / (2 * 0.2)))).toBeCloseTo(1, 1);
  });

  it("keeps Little's law over parts that share cores, pauses and shared commands", () => {
    const shared = {
      kind: 'command',
      name: 'insert',
      atOnce: 2,
      steps: [{ ...burst, sharedMs: 1 }, { kind: 'pause', ms: 3 }, burst],
    } as const;
    const house = houseOf(4, 2);

    const { done, perSecond, underWay } = outcomeOf(
      house,
      visits({ perSecond: 250 }, [burst, shared]),
    );

    expect(underWay / ((perSecond * done.mean) / 1_000)).toBeCloseTo(1, 1);
  });

  it('is bound by the cores where the threads are more', () => {
    const { perSecond, busy } = outcomeOf(houseOf(8, 2), visits({ lanes: 32 }));

    expect(busy['desk']).toBeCloseTo(2, 1);
    expect((perSecond * meanMs) / 1_000).toBeCloseTo(2, 1);
  });

  it('gives each process of a part a queue of its own', () => {
    const load = 0.8;
    const house = { cores: 4, parts: { desk: { processes: 4, threads: 1 } } };

    const { done } = outcomeOf(house, visits(atLoad(load, 4)));

    expect(done.mean / (meanMs / (1 - load))).toBeCloseTo(1, 1);
  });

  it('lets those share a command who come while another is under way', () => {
    const insert = { ...burst, ms: 0, sharedMs: meanMs };
    const command = { kind: 'command', name: 'insert', atOnce: 1, steps: [insert] } as const;

    const quiet = outcomeOf(houseOf(1), visits({ perSecond: 10 }, [command]));
    const flooded = outcomeOf(houseOf(1), visits({ perSecond: 5_000 }, [command]));

    expect(quiet.groupSize).toBeCloseTo(1, 1);
    expect(flooded.perSecond / 5_000).toBeCloseTo(1, 1);
    expect(flooded.groupSize).toBeGreaterThan(5);
  });

  it('answers before it is done', () => {
    const { answered, done } = outcomeOf(
      houseOf(1),
      visits({ lanes: 1 }, [burst, { kind: 'pause', ms: 10 }]),
    );

    expect(done.mean - answered.mean).toBeCloseTo(10, 5);
  });

  it('is the same for the same seed', () => {
    const once = () => outcomeOf(houseOf(2), visits(atLoad(0.5, 2)));

    expect(once()).toEqual(once());
  });
});

import { firstToSaturate, shareOf, usesOf } from '../../bench/model/capacity';
import { exponential } from '../../bench/model/draws';
import { serviceTimesOf, totalOf, type MeasuredReport } from '../../bench/model/service-times';
import { simulate } from '../../bench/model/simulate';
import type { House } from '../../bench/model/work';
import { worksOf } from '../../bench/model/works';
import { createRandom } from '../../scripts/chaos/random';

const cpuMs = { api: 0.5, store: 0.1, temporal: 0, postgres: 0, worker: 0, generator: 3 };

function rowOf(id: string, cost: Readonly<Record<string, number>>): MeasuredReport['rows'][number] {
  const product = { perSecond: 100, cpuMs: { ...cpuMs, ...cost } };
  return { id, what: id, value: 1, faults: [], sides: { product } };
}

function reportOf(at: string, rows: MeasuredReport['rows']): MeasuredReport {
  return { at, machine: '2 cores', rows };
}

const heard = { api: 1.5, store: 0.5, temporal: 3, postgres: 2, worker: 1 };
const older = reportOf('2026-01-01', [
  rowOf('B1', { api: 9 }),
  rowOf('B3', heard),
  rowOf('B5', { ...heard, worker: 0 }),
  rowOf('starts', { ...cpuMs, temporal: 1.4 }),
  rowOf('cost', { ...cpuMs, temporal: 3.4, worker: 5 }),
]);
const newer = reportOf('2026-02-01', [rowOf('B1', {})]);

const onAllCores = { processes: 1, threads: 8 };
const house: House = {
  cores: 8,
  parts: {
    api: { processes: 2, threads: 1 },
    worker: { processes: 1, threads: 2 },
    store: onAllCores,
    temporal: onAllCores,
    postgres: onAllCores,
  },
};

describe('the capacity of a house', () => {
  it('takes each service time from the newest report that has it', () => {
    const times = serviceTimesOf([newer, older]);

    expect(times.unheard).toEqual({ api: 0.5, store: 0.1, temporal: 0, postgres: 0, worker: 0 });
    expect(times.heard['temporal']).toBe(3);
  });

  it('scales a message by the start that was measured in the same run', () => {
    const { start, message } = serviceTimesOf([newer, older]);

    const scale = totalOf(start) / 2;
    expect(message['temporal']).toBeCloseTo(2 * scale, 5);
    expect(message['worker']).toBeCloseTo(5 * scale, 5);
    expect(message['api']).toBe(0);
  });

  it('counts no messages where no report has measured them', () => {
    const { rows, ...others } = older;
    const without = { ...others, rows: rows.filter(({ id }) => id !== 'cost') };

    expect(serviceTimesOf([newer, without]).message).toEqual({});
  });

  it('takes none from a row that does not count', () => {
    const faulty = reportOf('2026-03-01', [{ ...rowOf('B1', { api: 7 }), faults: ['lost'] }]);

    expect(serviceTimesOf([faulty, newer, older]).unheard['api']).toBe(0.5);
  });

  it('says which row is missing', () => {
    expect(() => serviceTimesOf([newer])).toThrow('No report has a row B5');
  });

  it('names the part that saturates first', () => {
    const times = serviceTimesOf([newer, older]);

    const manyUnheard = usesOf(times, { unheard: 2_000, heard: 0, start: 0, message: 0 }, house);
    const manyHeard = usesOf(times, { unheard: 0, heard: 800, start: 0, message: 0 }, house);

    expect(firstToSaturate(manyUnheard)).toEqual({ part: 'api', busy: 1, most: 2 });
    expect(firstToSaturate(manyHeard).part).toBe('cores');
    expect(shareOf(firstToSaturate(manyHeard))).toBeCloseTo(0.8, 5);
  });

  it('simulates work that takes as much as was measured', () => {
    const { next } = createRandom(3);
    const times = serviceTimesOf([newer, older]);
    const rates = { unheard: 800, heard: 150, start: 50, message: 20 };

    const { busy } = simulate({
      house,
      works: worksOf(times, rates),
      warmUpMs: 1_000,
      forMs: 60_000,
      random: next,
      draw: () => exponential(next),
    });

    for (const use of usesOf(times, rates, house).slice(0, 5))
      expect((busy[use.part] ?? 0) / use.busy).toBeCloseTo(1, 1);
  });
});

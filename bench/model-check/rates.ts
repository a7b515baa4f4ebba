import { createRandom } from '../../scripts/chaos/random';
import { exponential } from '../model/draws';
import { costOf, newestRow, type MeasuredReport } from '../model/service-times';
import { simulate } from '../model/simulate';
import type { House, Work } from '../model/work';
import { worksOf } from '../model/works';
import { difference } from './difference';

const lanes = 32;
const rows = { unheard: 'B1', heard: 'B3', start: 'B5' } as const;

export function hasRates(report: MeasuredReport): boolean {
  const ids = report.rows.filter(({ faults }) => faults.length === 0).map(({ id }) => id);
  return Object.values(rows).every((id) => ids.includes(id));
}

/**
 * The rates of closed loops, predicted from nothing but the CPU of each event, against those that
 * were measured in the same run.
 */
export function compareRates(report: MeasuredReport): readonly string[] {
  const [cores = NaN] = report.machine.split(' ').map(Number);
  const measured = (kind: keyof typeof rows) => newestRow([report], rows[kind]);
  const times = {
    unheard: costOf(measured('unheard')),
    heard: costOf(measured('heard')),
    start: costOf(measured('start')),
    message: {},
  };
  const works = worksOf(times, { unheard: 0, heard: 0, start: 0, message: 0 });
  return (['unheard', 'heard', 'start'] as const).map((kind) => {
    const { perSecond = NaN, cpuMs = {} } = measured(kind).sides?.product ?? {};
    const ms = (cpuMs['generator'] ?? 0) / 2;
    const generator = { kind: 'burst', part: 'generator', ms } as const;
    const steps = works.find(({ name }) => name === kind)?.steps ?? [];
    const predicted = rateOf([generator, ...steps, generator], houseOf(cores));
    const figures = [predicted, perSecond].map((rate) => Math.round(rate));
    const day = report.at.slice(0, 10);
    return `| ${[day, kind, ...figures, difference(predicted, perSecond)].join(' | ')} |`;
  });
}

function rateOf(steps: Work['steps'], house: House): number {
  const { next: random } = createRandom(1);
  const { works } = simulate({
    house,
    works: [{ name: 'all', arrivals: { lanes }, steps, answeredAfter: steps.length }],
    warmUpMs: 2_000,
    forMs: 20_000,
    random,
    draw: () => exponential(random),
  });
  return works['all']?.perSecond ?? NaN;
}

function houseOf(cores: number): House {
  const alone = { processes: 1, threads: 1 };
  const many = { processes: 1, threads: cores };
  const parts = { generator: alone, api: alone, store: alone };
  return { cores, parts: { ...parts, worker: many, temporal: many, postgres: many } };
}

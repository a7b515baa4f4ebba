import { createRandom } from '../../scripts/chaos/random';
import { exponential } from '../model/draws';
import { fit, type Shares } from '../model/fit';
import type { Outcome } from '../model/outcome';
import type { Cost } from '../model/service-times';
import { simulate } from '../model/simulate';
import type { Work } from '../model/work';
import { acceptance } from '../model/works';
import { difference } from './difference';
import type { Measured } from './live';

/** Half load is predicted from events that come one by one, and from many lanes. */
export function compareAtHalf(measured: Measured): readonly string[] {
  const { alone, together, atHalf, lanes } = measured;
  const run = runner(measured);
  const generatorMs = together.cpuMs['generator'] ?? 0;
  const fitted = fit({
    alone: only(alone.cpuMs),
    together: only(together.cpuMs),
    lanes,
    house: houseOf(measured.cores),
    stepsOf: (shares) => stepsOf(shares, generatorMs, 0),
    random: createRandom(1).next,
  });
  // The time that an event alone spends without CPU: on its way, or waiting for a disk.
  const busyMs = meanOf(run({ lanes: 1 }, stepsOf(fitted, generatorMs, 0)));
  const steps = stepsOf(fitted, generatorMs, Math.max(0, alone.delays.mean - busyMs));
  const full = run({ lanes }, steps);
  const half = run({ perSecond: atHalf.perSecond }, steps);
  const cpu = (part: string) => ((half.busy[part] ?? 0) * 1_000) / atHalf.perSecond;
  const { p50 = NaN, p99 = NaN } = half.works['unheard']?.done ?? {};
  return [
    `At ${Math.round(atHalf.perSecond)} a second, half of ${Math.round(together.perSecond)}:`,
    '',
    '| figure | predicted | measured | difference |',
    '| --- | --- | --- | --- |',
    line('rate of the closed loop', full.works['unheard']?.perSecond ?? NaN, together.perSecond),
    line('acceptance p50, ms', p50, atHalf.delays.p50),
    line('acceptance p99, ms', p99, atHalf.delays.p99),
    line('CPU of the api, ms', cpu('api'), atHalf.cpuMs['api'] ?? NaN),
    line('CPU of the store, ms', cpu('store'), atHalf.cpuMs['store'] ?? NaN),
  ];
}

function runner({ cores }: Measured) {
  return (arrivals: Work['arrivals'], steps: Work['steps']): Outcome => {
    const { next: random } = createRandom(1);
    return simulate({
      house: houseOf(cores),
      works: [{ name: 'unheard', arrivals, steps, answeredAfter: steps.length }],
      warmUpMs: 1_000,
      forMs: 60_000,
      random,
      draw: () => exponential(random),
    });
  };
}

function meanOf({ works }: Outcome): number {
  return works['unheard']?.done.mean ?? NaN;
}

function only(cpuMs: Cost): Cost {
  return { api: cpuMs['api'] ?? 0, store: cpuMs['store'] ?? 0 };
}

function stepsOf(shares: Shares, generatorMs: number, pauseMs: number): Work['steps'] {
  const generator = { kind: 'burst', part: 'generator', ms: generatorMs / 2 } as const;
  return [generator, ...acceptance(shares, pauseMs), generator];
}

function houseOf(cores: number) {
  const one = { processes: 1, threads: 1 };
  return { cores, parts: { api: one, store: one, generator: one } };
}

function line(figure: string, predicted: number, measured: number): string {
  const figures = [predicted, measured].map((value) => value.toFixed(value < 100 ? 2 : 0));
  return `| ${[figure, ...figures, difference(predicted, measured)].join(' | ')} |`;
}

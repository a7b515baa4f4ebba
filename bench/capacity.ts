import { parseArgs } from 'node:util';
import { createRandom } from '../scripts/chaos/random';
import { firstToSaturate, shareOf, usesOf, type Use } from './model/capacity';
import { exponential } from './model/draws';
import type { Delays } from './model/outcome';
import { newestRow, serviceTimesOf, totalOf } from './model/service-times';
import { simulate } from './model/simulate';
import type { House } from './model/work';
import { worksOf, type Rates } from './model/works';
import { readReports } from './reports';

const simulated = 60_000;
const comfortable = 0.6;

/** Predicts from the newest benchmark how busy each part will be, and how long events will take. */
function main(): void {
  const wishes = wishesOf(process.argv.slice(2));
  const { house, rates, seed } = wishes;
  const reports = readReports();
  const times = serviceTimesOf(reports);
  const uses = usesOf(times, rates, house);
  const lines = [...tableOf(uses), '', ...limitOf(uses, wishes.events), '', ...keptOf(wishes)];
  if (totalOf(times.message) === 0)
    lines.push('', 'Messages are not counted: no report has the rows starts and cost.');
  print(lines);
  if (shareOf(firstToSaturate(uses)) >= 1) return;
  const { next } = createRandom(seed);
  const forMs = (simulated / wishes.events) * 1_000;
  const { works } = simulate({
    house,
    works: worksOf(times, rates),
    warmUpMs: forMs / 10,
    forMs,
    random: next,
    draw: () => exponential(next),
  });
  print([
    '',
    '| event | accepted, p50 / p99 | carried through, p50 / p99 |',
    '| --- | --- | --- |',
  ]);
  for (const [name, { answered, done }] of Object.entries(works))
    print([`| ${name} | ${accepted(name, answered)} | ${carried(name, done)} |`]);

  function keptOf({ journeys, rates }: Wishes): readonly string[] {
    const { what } = newestRow(reports, 'B8');
    const bytes = Number(/\((\d+)\)/.exec(what)?.[1]);
    const days = journeys / rates.start / 86_400;
    return [
      `${journeys} open journeys are open for ${days.toFixed(1)} days each, by Little's law, and keep ` +
        `${((journeys * bytes) / 1e9).toFixed(0)} GB of Temporal's database.`,
    ];
  }
}

type Wishes = Readonly<{
  events: number;
  journeys: number;
  house: House;
  rates: Rates;
  seed: number;
}>;

function wishesOf(args: readonly string[]): Wishes {
  const { values } = parseArgs({
    args: [...args],
    options: {
      events: { type: 'string', default: '1000' },
      journeys: { type: 'string', default: '1000000' },
      cores: { type: 'string', default: '16' },
      api: { type: 'string', default: '4' },
      worker: { type: 'string', default: '2' },
      heard: { type: 'string', default: '0.08' },
      entries: { type: 'string', default: '0.02' },
      messages: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [events, cores] = [Number(values.events), Number(values.cores)];
  const [heard, start] = [events * Number(values.heard), events * Number(values.entries)];
  const onAllCores = { processes: 1, threads: cores };
  return {
    events,
    journeys: Number(values.journeys),
    rates: {
      unheard: events - heard - start,
      heard,
      start,
      message: start * Number(values.messages),
    },
    house: {
      cores,
      parts: {
        api: { processes: Number(values.api), threads: 1 },
        worker: { processes: 1, threads: Number(values.worker) },
        store: onAllCores,
        temporal: onAllCores,
        postgres: onAllCores,
      },
    },
    seed: Number(values.seed),
  };
}

function tableOf(uses: readonly Use[]): readonly string[] {
  const rows = uses.map((use) => {
    const share = `${(100 * shareOf(use)).toFixed(0)} %`;
    const wanted = (use.busy / comfortable).toFixed(1);
    return `| ${use.part} | ${use.busy.toFixed(2)} | ${use.most} | ${share} | ${wanted} |`;
  });
  return [
    '| part | busy cores | at most | used | cores to be used by 60 % |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

function limitOf(uses: readonly Use[], events: number): readonly string[] {
  const first = firstToSaturate(uses);
  const rate = Math.round(events / shareOf(first));
  return [`First to saturate: ${first.part}, at ${rate} events a second.`];
}

function accepted(name: string, answered: Delays): string {
  return name === 'message' ? '–' : delays(answered);
}

function carried(name: string, done: Delays): string {
  return name === 'unheard' ? '–' : delays(done);
}

function delays({ p50, p99 }: Delays): string {
  return `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main();

import { cpus } from 'node:os';
import type { Row } from './row';

export type Report = Readonly<{
  at: string;
  against: string;
  machine: string;
  rounds: number;
  rows: readonly Row[];
}>;

export function thisMachine(): string {
  return `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`;
}

/** The table that `npm run bench` prints and keeps. */
export function markdownOf({ at, against, machine, rounds, rows }: Report): string {
  const lines = rows.map(
    ({ id, what, baseline = '–', value, spread, wanted, isMet, faults }) =>
      `| ${[id, what, baseline, figure(value) + spreadOf(spread), wanted, verdictOf(isMet, faults)].join(' | ')} |`,
  );
  return [
    `# Benchmark of ${at.slice(0, 10)}`,
    '',
    `${machine}. ${against}. ${rounds} rounds of both sides in turn, after one that does not count; the median of the ratios, and their spread.`,
    '',
    '| # | product | against, in the same run | reached | wanted | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
    '## Where the time goes',
    '',
    'Milliseconds of CPU for each event, signal or start, by process.',
    '',
    '| # | side | a second | all | by process |',
    '| --- | --- | --- | --- | --- |',
    ...rows.flatMap(sidesOf),
    '',
  ].join('\n');
}

function sidesOf({ id, sides }: Row): readonly string[] {
  return Object.entries(sides ?? {}).map(([side, { perSecond, cpuMs }]) => {
    const used = Object.entries(cpuMs).filter(([, ms]) => ms >= 0.05);
    const all = used.reduce((sum, [, ms]) => sum + ms, 0);
    const each = used.map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join(', ');
    return `| ${id} | ${side} | ${Math.round(perSecond)} | ${all.toFixed(2)} | ${each} |`;
  });
}

export function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

function spreadOf(spread: Row['spread']): string {
  return spread ? ` (${spread.map(figure).join('–')})` : '';
}

function verdictOf(isMet: Row['isMet'], faults: readonly string[]): string {
  if (faults.length > 0) return `does not count: ${faults.join('; ')}`;
  if (isMet === undefined) return '–';
  return isMet ? 'met' : 'missed';
}

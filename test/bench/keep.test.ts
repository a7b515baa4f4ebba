import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuChartOf } from '../../bench/charts/cpu';
import { ratiosOf, shareOf } from '../../bench/charts/ratios';
import { keep } from '../../bench/keep';
import type { Report } from '../../bench/report';
import type { Row } from '../../bench/row';

const starts: Row = {
  id: 'B5',
  what: 'journeys started',
  baseline: 'bare workflow start',
  value: 0.5,
  wanted: '≥ 0.9',
  isMet: false,
  faults: [],
  spread: [0.25, 1],
  sides: {
    product: { perSecond: 100, cpuMs: { worker: 1, api: 2, stack: 0.01 } },
    baseline: { perSecond: 200, cpuMs: { 'bare worker': 1 } },
  },
};
const replays: Row = {
  id: 'B12',
  what: 'milliseconds of a cold replay',
  value: 31,
  wanted: '≤ 100',
  isMet: true,
  faults: [],
};
const calls: Row = { id: 'B2', what: 'calls', value: 0, wanted: 'exactly 0', faults: [] };

function reportOf(...rows: readonly Row[]): Report {
  return { at: '2026-01-31T12:00:00.000Z', against: 'A', machine: 'M', rounds: 3, rows };
}

function wordsOf(svg = ''): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, word = '']) => word);
}

describe('what a benchmark keeps', () => {
  it('is a table, its figures and two pictures, which the table shows', () => {
    const folder = mkdtempSync(join(tmpdir(), 'itinera-keep-'));

    keep(reportOf(starts, calls), folder, 'run');

    const kept = readdirSync(folder).sort();
    const table = readFileSync(join(folder, 'run.md'), 'utf8');
    rmSync(folder, { recursive: true });
    expect(kept).toEqual(['run-cpu.svg', 'run-ratios.svg', 'run.json', 'run.md']);
    expect(table).toContain('](run-ratios.svg)');
    expect(table).toContain('](run-cpu.svg)');
  });

  it('draws each row that has a target, with its verdict and figure', () => {
    const words = wordsOf(ratiosOf(reportOf(starts, replays, calls))?.svg);

    expect(words).toEqual(expect.arrayContaining(['met', 'missed', 'target']));
    expect(words).toEqual(
      expect.arrayContaining(['0.50, wanted ≥ 0.9', '31, wanted ≤ 100', 'B5  journeys started']),
    );
    expect(words.join()).not.toContain('B2');
  });

  it('reaches a floor from below and a limit from above', () => {
    expect(shareOf(0.45, '≥ 0.9')).toBe(0.5);
    expect(shareOf(200, '≤ 100')).toBe(0.5);
    expect(shareOf(50, '≤ 100')).toBe(2);
    expect(shareOf(0, 'exactly 0')).toBeUndefined();
  });

  it('says of a row with faults that it does not count', () => {
    const lost = ratiosOf(reportOf({ ...replays, faults: ['1 is lost'] }));

    expect(wordsOf(lost?.svg)).toContain('does not count');
    expect(wordsOf(lost?.svg)).not.toContain('met');
  });

  it('draws the CPU of both sides by process, without those that use next to none', () => {
    const words = wordsOf(cpuChartOf(reportOf(starts))?.svg);

    expect(words).toEqual(expect.arrayContaining(['B5 product', 'B5 baseline', '3.00']));
    expect(words).toEqual(expect.arrayContaining(['worker', 'api', 'bare worker']));
    expect(words).not.toContain('stack');
  });

  it('draws nothing where no row has a target or sides', () => {
    expect(ratiosOf(reportOf(calls))).toBeUndefined();
    expect(cpuChartOf(reportOf(calls))).toBeUndefined();
  });

  it('has other colors for whoever prefers dark', () => {
    const svg = ratiosOf(reportOf(starts))?.svg ?? '';

    const [, dark = ''] = /prefers-color-scheme: dark\) {([^]*?)}<\/style>/.exec(svg) ?? [];
    expect(svg).toContain('fill="#ffffff"');
    expect(dark).toContain('[fill="#ffffff"] { fill: #14171c }');
  });
});

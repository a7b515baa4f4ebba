import { parseArgs } from 'node:util';
import { readReports } from '../reports';
import { compareAtHalf } from './at-half';
import { measureLive } from './live';
import { compareRates, hasRates } from './rates';

/**
 * Compares the model with every report that is kept. With `--live` also with a point that it
 * measures now: half load, on a development stack of its own.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { live: { type: 'boolean', default: false } } });
  const reports = readReports().filter(hasRates);
  print([
    '| report | closed loop of | predicted a second | measured | difference |',
    '| --- | --- | --- | --- | --- |',
    ...reports.flatMap(compareRates),
  ]);
  if (values.live) print(['', ...compareAtHalf(await measureLive())]);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

void main();

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReport, type MeasuredReport } from './model/service-times';

/** All that `npm run bench` has kept, the newest first. */
export function readReports(): readonly MeasuredReport[] {
  const folder = join(__dirname, 'results');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => parseReport(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .toSorted((one, other) => other.at.localeCompare(one.at));
}

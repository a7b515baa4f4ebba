import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReport, type MeasuredReport } from './model/service-times';

/** All that `npm run bench` has kept, the newest first. */
export function readReports(): readonly MeasuredReport[] {
  const folder = join(__dirname, 'results');
  const files = readdirSync(folder).filter((name) => /^\d{4}-\d\d-\d\d\.json$/.test(name));
  return files
    .toSorted((one, other) => other.localeCompare(one))
    .map((name) => parseReport(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDevConfig } from '../src/process/config';
import { measurePast } from './growth/past';
import { withServer } from './growth/server';
import { tableOf, verdictOf, type Wishes } from './growth/measure';
import { measureWaiting } from './growth/waiting';

const { values } = parseArgs({
  options: {
    /** The events of one contact, of each sort. */
    events: { type: 'string', default: '100000' },
    /** The enrollments that wait, with an event, a decision and a message each. */
    waiting: { type: 'string', default: '100000' },
    /** Against so many. */
    against: { type: 'string', default: '1000' },
    /** The calls of each side that count. */
    calls: { type: 'string', default: '200' },
    most: { type: 'string', default: '1.3' },
    /** Keeps the table in `bench/results`. */
    keep: { type: 'boolean', default: false },
  },
});

/**
 * Measures what a long past and a full house cost: each call with much stored against the same call
 * with little, in turn and in one run. Fails where a ratio is greater than `most`.
 */
async function main(): Promise<void> {
  const wishes: Wishes = { calls: Number(values.calls), most: Number(values.most) };
  const { mongodbUri } = loadDevConfig();
  const past = await withServer(mongodbUri, (server) =>
    measurePast(server, { events: Number(values.events), ...wishes }),
  );
  const waiting = await withServer(mongodbUri, (server) =>
    measureWaiting(server, {
      many: Number(values.waiting),
      few: Number(values.against),
      ...wishes,
    }),
  );
  const rows = [...past, ...waiting];
  const store = mongodbUri === undefined ? "MongoDB's stand-in" : 'MongoDB';
  const report = [
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, ${store}.`,
    `${wishes.calls} calls of each side in turn; lower quartiles in milliseconds. At most ${wishes.most}.`,
    '',
    ...tableOf(rows, wishes),
    '',
  ].join('\n');
  process.stdout.write(report);
  if (values.keep) keep(report);
  process.exitCode = verdictOf(rows, wishes) ? 0 : 1;
}

function keep(report: string): void {
  const day = new Date().toISOString().slice(0, 10);
  const path = join(__dirname, '../bench/results', `growth-${day}.md`);
  writeFileSync(path, `# Growth of ${day}\n\n${report}`);
}

void main();

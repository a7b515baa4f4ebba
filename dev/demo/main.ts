import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { loadDevConfig, parseDevConfig } from '../../src/process/config';
import { ownEnvironment } from './own-environment';
import { runDemo } from './run-demo';
import { createScreen } from './screen';

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
  const screen = createScreen(process.stdout);
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(name, () => {
      stopping.abort(new Error('Stopped.'));
    });
  const { signal } = stopping;
  const afterwards = async () => {
    if (!values.keep || signal.aborted) return;
    screen.say('\nThe stack stays up. Ctrl-C ends it.');
    await once(signal, 'abort');
  };
  const database = `itinera-demo-${randomUUID()}`;
  const config = parseDevConfig(ownEnvironment(loadDevConfig().inherited, database));
  return runDemo({ config, screen, afterwards, signal });
}

main().then(
  (isAsExpected) => process.exit(isAsExpected ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { loadDevConfig, parseDevConfig } from '../src/process/config';
import { installLibrary } from './install-library';
import { addressTable } from './stack/address-table';
import { readable } from './stack/readable';
import { startStack } from './stack/start';

const orphanPollMs = 500;

function log(line: string): void {
  const text = readable(line);
  if (text !== undefined) process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      state: { type: 'string', default: '.itinera' },
      'time-scale': { type: 'string' },
    },
  });
  const { inherited } = loadDevConfig();
  const config = parseDevConfig({
    ...inherited,
    ...(values.port && { PORT: values.port }),
    ...(values['time-scale'] && { ITINERA_TIME_SCALE: values['time-scale'] }),
  });
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      stopping.abort();
    });
  if (inherited['npm_lifecycle_event'] !== undefined) {
    whenOrphaned(() => {
      stopping.abort();
    });
  }
  const { signal } = stopping;
  const stack = await startStack({
    stateDir: values.state,
    config,
    log,
    signal,
    prepare: installLibrary,
  });
  log(`\nItinera is up. Ctrl-C ends it.\n\n${addressTable(stack.facts)}\n`);
  if (!signal.aborted) await once(signal, 'abort');
  await stack.stop();
}

/** npm passes SIGTERM on to this process, and cannot do so with the signal that kills it. */
function whenOrphaned(react: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) react();
  }, orphanPollMs).unref();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { loadDevConfig, parseDevConfig } from '../src/process/config';
import { installLibrary } from './install-library';
import { addressTable } from './stack/address-table';
import { startStack } from './stack/start';

const log = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      state: { type: 'string', default: '.itinera' },
      'time-scale': { type: 'string' },
    },
  });
  const config = parseDevConfig({
    ...loadDevConfig().inherited,
    ...(values.port && { PORT: values.port }),
    ...(values['time-scale'] && { ITINERA_TIME_SCALE: values['time-scale'] }),
  });
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      stopping.abort();
    });
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

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

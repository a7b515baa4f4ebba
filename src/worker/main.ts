import { Runtime } from '@temporalio/worker';
import { loadConfig } from '../process/config';
import { createLogger } from '../process/logger';
import { temporalLogger } from './temporal-logger';
import { runWorker } from './run-worker';

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger({ level: config.logLevel, name: 'worker' });
  const stop = new AbortController();
  // The native runtime would take the signals for itself; this process stops its own way.
  Runtime.install({ shutdownSignals: [], logger: temporalLogger(log) });
  for (const name of ['SIGTERM', 'SIGINT']) {
    process.once(name, () => {
      stop.abort();
    });
  }
  await runWorker({ config, log, signal: stop.signal });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  },
);

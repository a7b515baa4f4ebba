import { Runtime } from '@temporalio/worker';
import { createContext } from '../context';
import { loadConfig } from '../process/config';
import { createLogger } from '../process/logger';
import { runMain } from '../process/run-main';
import { runWorker } from './run-worker';
import { temporalLogger } from './temporal-logger';

runMain(async (signal) => {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel, name: 'worker' });
  // The native runtime would take the signals for itself; this process stops its own way.
  Runtime.install({ shutdownSignals: [], logger: temporalLogger(logger) });
  await runWorker(createContext(config, { logger }), signal);
});

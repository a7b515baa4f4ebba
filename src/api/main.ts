import { Runtime } from '@temporalio/worker';
import { createContext } from '../context';
import { loadConfig } from '../process/config';
import { createLogger } from '../process/logger';
import { runMain } from '../process/run-main';
import { temporalLogger } from '../worker/temporal-logger';
import { runApi } from './run-api';

runMain(async (signal) => {
  const config = loadConfig();
  const logger = createLogger({ level: config.logLevel, name: 'api' });
  // The native runtime would take the signals for itself; this process stops its own way.
  Runtime.install({ shutdownSignals: [], logger: temporalLogger(logger) });
  await runApi(createContext(config, { logger }), signal);
});

import { DefaultLogger, type LogEntry, type Logger as TemporalLogger } from '@temporalio/worker';
import type { Logger } from '../process/logger';

const levels = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
} as const;

/** The SDK warns of a worker that carries out activities alone. The worker of the sends is one. */
const expected = 'No workflows registered, not polling for workflow tasks';

/** Writes the lines of the SDK into the process's own log. Everyday lines go to `debug`. */
export function temporalLogger(log: Logger): TemporalLogger {
  return new DefaultLogger('INFO', ({ level, message, meta }: LogEntry) => {
    log[message === expected ? 'debug' : levels[level]]({ ...meta }, message);
  });
}

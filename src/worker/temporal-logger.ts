import { DefaultLogger, type LogEntry, type Logger as TemporalLogger } from '@temporalio/worker';
import type { Logger } from '../process/logger';

const levels = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
} as const;

/** Writes the lines of the SDK into the process's own log. Everyday lines go to `debug`. */
export function temporalLogger(log: Logger): TemporalLogger {
  return new DefaultLogger('INFO', ({ level, message, meta }: LogEntry) => {
    log[levels[level]]({ ...meta }, message);
  });
}

import { DefaultLogger, type LogEntry, type Logger as TemporalLogger } from '@temporalio/worker';
import { wordsOf } from '../process/failure';
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

/**
 * Writes the lines of the SDK into the process's own log. Everyday lines go to `debug`. The SDK
 * repeats the words of an error, which may quote a payload.
 */
export function temporalLogger(log: Logger): TemporalLogger {
  return new DefaultLogger('INFO', ({ level, message, meta }: LogEntry) => {
    const { error, err = error, ...fields }: Readonly<Record<string, unknown>> = { ...meta };
    const text = message.replace(textOf(err), () => wordsOf(err));
    const entry = err === undefined ? fields : { ...fields, err };
    log[message === expected ? 'debug' : levels[level]](entry, text);
  });
}

/** No text stands where there is no error, or one without words. */
function textOf(error: unknown): string | RegExp {
  return error instanceof Error && error.message !== '' ? error.message : /(?!)/;
}

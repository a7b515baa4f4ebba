import { pino, type DestinationStream, type Logger } from 'pino';
import { failureOf, wordsOf } from './failure';
import type { LogLevel } from './environment';

export type { Logger } from 'pino';

const personal = ['email', 'phone', 'to', 'recipient'];
const secret = ['authorization', 'cookie', 'apiKey', 'secret', 'password', 'token'];
const depths = ['', '*.', '*.*.', '*.*.*.'];

/**
 * Structured JSON lines. Addresses and credentials are replaced by `[redacted]` down to four
 * levels. An error is logged as `err`, without its fields, and in words that quote nobody.
 */
export function createLogger(
  { level, name }: Readonly<{ level: LogLevel; name: string }>,
  destination?: DestinationStream,
): Logger {
  const options = {
    level,
    name,
    redact: {
      paths: depths.flatMap((depth) => [...personal, ...secret].map((field) => depth + field)),
      censor: '[redacted]',
    },
    serializers: { err: errorOf },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The fields of an error are left out: drivers put whole documents there. */
function errorOf(error: unknown): object {
  return { message: wordsOf(error), ...failureOf(error) };
}

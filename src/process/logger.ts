import { pino, type DestinationStream, type Logger } from 'pino';
import { failureOf } from './failure';
import type { LogLevel } from './environment';

export type { Logger } from 'pino';

const personal = ['email', 'phone', 'to', 'recipient'];
const secret = ['authorization', 'cookie', 'apiKey', 'secret', 'password', 'token'];
const depths = ['', '*.', '*.*.', '*.*.*.'];

/**
 * Structured JSON lines. Addresses and credentials are replaced by `[redacted]` down to four
 * levels. An error is logged as `err`, without its fields, and with no address in its message.
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

/** Drivers may quote what they were given. */
const longestMessage = 2_000;

/** The fields of an error are left out: drivers put whole documents there. */
function errorOf(error: unknown): object {
  const text = error instanceof Error ? error.message : String(error);
  const message = text.slice(0, longestMessage).replace(/[^\s<>"']+@[^\s<>"',;]+/g, '[redacted]');
  return { message, ...failureOf(error) };
}

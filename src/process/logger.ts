import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './environment';

export type { Logger } from 'pino';

const personal = ['email', 'phone', 'to', 'recipient'];
const secret = ['authorization', 'cookie', 'apiKey', 'secret', 'password', 'token'];
const depths = ['', '*.', '*.*.', '*.*.*.'];

/**
 * Structured JSON lines. Addresses and credentials are replaced by `[redacted]` down to four
 * levels.
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
  };
  return destination ? pino(options, destination) : pino(options);
}

import { DomainError } from '../core/domain-error';
import { failureOf, wordsOf } from './failure';

/**
 * Runs a process until its work ends; SIGTERM and SIGINT abort the signal. It exits with 0 when
 * `main` is done. When anything fails that nobody handles, it exits with 1 and says on stderr which
 * error it was and where, not what the error quotes.
 */
export function runMain(main: (signal: AbortSignal) => Promise<void>): void {
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT']) {
    process.once(name, () => {
      stop.abort();
    });
  }
  process.once('uncaughtException', die);
  main(stop.signal).then(() => process.exit(0), die);
}

/** Node itself would print the error with all of its fields. */
function die(error: unknown): void {
  const frames = error instanceof DomainError ? [] : failureOf(error).frames;
  process.stderr.write(`${[wordsOf(error), ...frames].join('\n')}\n`);
  process.exit(1);
}

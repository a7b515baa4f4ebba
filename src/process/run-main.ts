import { DomainError } from '../core/domain-error';

/**
 * Runs a process until its work ends; SIGTERM and SIGINT abort the signal. It exits with 0 when
 * `main` is done, and with 1 and the error on stderr when `main` fails.
 */
export function runMain(main: (signal: AbortSignal) => Promise<void>): void {
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT']) {
    process.once(name, () => {
      stop.abort();
    });
  }
  main(stop.signal).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${textOf(error)}\n`);
      process.exit(1);
    },
  );
}

function textOf(error: unknown): string {
  if (error instanceof DomainError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

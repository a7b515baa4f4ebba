export type DomainErrorCode = 'not-found' | 'conflict' | 'invalid' | 'unavailable';

/** One place in the input that is wrong, by JSON Pointer (RFC 6901), with the remedy in `detail`. */
export type Fault = Readonly<{ pointer: string; code: string; detail: string }>;

/** The only exception that carries meaning: `code` decides the HTTP status and whether a retry can help. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: DomainErrorCode,
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
}

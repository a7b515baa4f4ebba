/** The kinds of trouble that an answer tells apart. */
export type DomainErrorCode = 'not-found' | 'conflict' | 'invalid' | 'unavailable';

/** A wrong place in the input, by JSON Pointer (RFC 6901), and its remedy. */
export type Fault = Readonly<{ pointer: string; code: string; detail: string }>;

/** The only exception with a meaning. Its code decides the HTTP status and whether to retry. */
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

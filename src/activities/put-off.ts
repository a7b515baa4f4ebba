/** The work waits for another attempt, which nothing but time brings about. It is no fault. */
export class PutOff extends Error {
  override readonly name = 'PutOff';

  constructor(
    /** Real milliseconds until the next attempt. */
    readonly retryInMs: number,
    /** Tells apart in Temporal what it waits for. */
    readonly code: string,
  ) {
    super(`${code}: again in ${retryInMs} ms`);
  }
}

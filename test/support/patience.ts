import { realRetrying, type Retrying } from '../../src/store/mongo/failures/try-again';

/** A busy machine stays within it. Tests of a limit itself set their own. */
export const stallTimeoutMs = 30_000;

/** Tries again for as long as a test lasts. */
export const patient: Retrying = { ...realRetrying, now: () => 0 };

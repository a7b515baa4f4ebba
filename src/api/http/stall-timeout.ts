import { DomainError } from '../../core/domain-error';

/**
 * Waits for work that rests on MongoDB. It throws `unavailable` after `limitMs` without progress.
 * The work goes on by itself; it was not acknowledged, and the same request again finds its result.
 */
export async function withStallTimeout<Result>(
  limitMs: number,
  work: (progressed: () => void) => Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DomainError('unavailable', 'The store does not answer in time; try again.'));
    }, limitMs);
  });
  try {
    return await Promise.race([work(() => timer?.refresh()), stalled]);
  } finally {
    clearTimeout(timer);
  }
}

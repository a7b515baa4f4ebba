import { retry } from '../../src/process/retry';

function failing(times: number) {
  let left = times;
  return async () => {
    await Promise.resolve();
    left -= 1;
    if (left >= 0) throw new Error(`${left} to come`);
    return 'done';
  };
}

const pause = () => Promise.resolve();

describe('a retry', () => {
  it('goes on until an attempt succeeds, and tells of those that failed', async () => {
    const troubles: unknown[] = [];

    const result = await retry({
      attempt: failing(2),
      onTrouble: (error) => troubles.push(String(error)),
      pause,
    });

    expect(result).toBe('done');
    expect(troubles).toEqual(['Error: 1 to come', 'Error: 0 to come']);
  });

  it('ends without a result when its signal comes during a pause', async () => {
    const stop = new AbortController();
    const ended = retry({
      attempt: failing(Infinity),
      onTrouble: () => {
        setImmediate(() => {
          stop.abort();
        });
      },
      signal: stop.signal,
    });

    expect(await ended).toBeUndefined();
  });

  it('gives up where it is told that another attempt makes no sense', async () => {
    const hopeless = retry({
      attempt: failing(Infinity),
      onTrouble: (error) => {
        throw error;
      },
      pause,
    });

    await expect(hopeless).rejects.toThrow('to come');
  });
});

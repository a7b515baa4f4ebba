import { retryOf, type Met } from '../../../src/core/messages/retry';

const minute = 60_000;
const met: Met = { kind: 'deferred', at: 0, since: 0, attempts: 0, until: 96 * 60 * minute };

/** The pauses in minutes that follow each other while the answer stays the same. */
function pausesOf(first: Met): readonly number[] {
  const pauses: number[] = [];
  for (let last = first; ;) {
    const retry = retryOf(last);
    if (retry.kind === 'over') return pauses;
    pauses.push((retry.nextAttemptAt - last.at) / minute);
    last = { ...last, at: retry.nextAttemptAt, attempts: retry.attempts };
  }
}

describe('fault 5: a message that a provider does not take', () => {
  it('is tried again after minutes, then hours, for days', () => {
    const pauses = pausesOf(met);

    expect(pauses.slice(0, 8)).toEqual([5, 15, 30, 60, 120, 180, 180, 180]);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(96 * 60);
  });

  it('is tried again a quarter of an hour after the provider can be reached, at most', () => {
    const pauses = pausesOf({ ...met, kind: 'unreachable' });

    expect(pauses.slice(0, 3)).toEqual([1, 1, 1]);
    expect(Math.max(...pauses)).toBe(15);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(96 * 60);
  });

  it.each(['unreachable', 'unauthorized'] as const)('counts no attempt while %s', (kind) => {
    expect(retryOf({ ...met, kind, attempts: 2 })).toMatchObject({ kind: 'again', attempts: 2 });
  });

  it.each(['deferred', 'blocked', 'unanswered'] as const)('counts the answer %s', (kind) => {
    expect(retryOf({ ...met, kind, attempts: 2 })).toMatchObject({ kind: 'again', attempts: 3 });
  });

  it('is tried again when the provider says', () => {
    const retry = retryOf({ ...met, at: 1_000, askedMs: 90_000 });

    expect(retry).toEqual({ kind: 'again', attempts: 1, nextAttemptAt: 91_000 });
  });

  it('has its last attempt when its time ends', () => {
    const retry = retryOf({ ...met, until: 2 * minute });

    expect(retry).toMatchObject({ kind: 'again', nextAttemptAt: 2 * minute });
  });

  it.each([
    ['unreachable', 'provider-unreachable'],
    ['unauthorized', 'provider-unreachable'],
    ['blocked', 'provider-refused'],
    ['deferred', 'deferred-too-long'],
  ] as const)('is given up as %s with its reason', (kind, because) => {
    expect(retryOf({ ...met, kind, at: met.until })).toEqual({ kind: 'over', because });
  });
});

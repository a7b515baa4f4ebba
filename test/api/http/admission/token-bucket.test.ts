import fc from 'fast-check';
import {
  borrowTokens,
  takeToken,
  type Bucket,
} from '../../../../src/api/http/admission/token-bucket';

const policy = { perSecond: 10, burst: 20 };

/** How many of the requests at these instants are granted. */
function grantedAt(instants: readonly number[]): number {
  let bucket: Bucket | undefined;
  return instants.filter((at) => {
    const taken = takeToken(bucket, policy, at);
    bucket = taken.bucket;
    return taken.isGranted;
  }).length;
}

describe('a token bucket', () => {
  it('grants its burst at once and nothing more', () => {
    expect(grantedAt(Array.from({ length: 50 }, () => 0))).toBe(20);
  });

  it('says what is left and when there is more', () => {
    const full = takeToken(undefined, policy, 0);
    const empty = takeToken({ tokens: 0, at: 0 }, policy, 50);

    expect(full).toMatchObject({ isGranted: true, remaining: 19, fullInS: 1, nextInS: 0 });
    expect(empty).toMatchObject({ isGranted: false, remaining: 0, fullInS: 2, nextInS: 1 });
  });

  it('fills up to its burst and no further', () => {
    const taken = takeToken({ tokens: 3, at: 0 }, policy, 3_600_000);

    expect(taken).toMatchObject({ bucket: { tokens: 19 } });
  });

  it('owes what work has cost beyond it, one burst at most', () => {
    const five = { tokens: 5, at: 0 };
    const { bucket: dear } = borrowTokens(five, policy, { cost: 15, at: 0 });
    const { bucket: dearest } = borrowTokens(five, policy, { cost: 1_000, at: 0 });

    expect(takeToken(dear, policy, 1_000)).toMatchObject({ isGranted: false, nextInS: 1 });
    expect(takeToken(dear, policy, 1_100)).toMatchObject({ isGranted: true, remaining: 0 });
    expect(takeToken(dearest, policy, 2_100)).toMatchObject({ isGranted: true });
  });

  it('lends nothing to who is in debt', () => {
    const inDebt = { tokens: -1, at: 0 };

    expect(borrowTokens(inDebt, policy, { cost: 1, at: 0 })).toMatchObject({
      isGranted: false,
      bucket: { tokens: -1 },
      nextInS: 1,
    });
    expect(borrowTokens(inDebt, policy, { cost: 1, at: 100 }).isGranted).toBe(true);
  });

  it('loses nothing by a clock that goes back', () => {
    const taken = takeToken({ tokens: 5, at: 1_000 }, policy, 0);

    expect(taken.bucket).toEqual({ tokens: 4, at: 1_000 });
  });

  it('never grants more than its burst and what came back in the time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }), (gaps) => {
        let at = 0;
        const instants = gaps.map((gap) => (at += gap));

        const granted = grantedAt(instants);

        expect(granted).toBeLessThanOrEqual(policy.burst + (at * policy.perSecond) / 1_000);
      }),
    );
  });

  it('grants everything to whoever keeps to the rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (count) => {
        const instants = Array.from({ length: count }, (_, n) => n * 100);

        expect(grantedAt(instants)).toBe(count);
      }),
    );
  });
});

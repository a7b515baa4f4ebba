import fc from 'fast-check';
import {
  concurrency,
  cut,
  fullConcurrency,
  grown,
  type Concurrency,
} from '../../../../src/api/http/admission/concurrency';

describe('how many requests may be under way', () => {
  it('is cut once for all that stall together', () => {
    const first = cut(fullConcurrency, 0);
    const together = cut(first, 999);
    const next = cut(together, 1_000);

    expect([first.limit, together.limit, next.limit]).toEqual([280, 280, 196]);
  });

  it('grows by four with each full round of answers', () => {
    const round = Array.from({ length: 100 });

    const { limit } = round.reduce<Concurrency>(grown, { limit: 100, cutAt: 0 });

    expect(limit).toBeGreaterThan(103);
    expect(limit).toBeLessThanOrEqual(104);
  });

  it('stays within its bounds whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(5_000)), { maxLength: 300 }), (happenings) => {
        const { limit } = happenings.reduce<Concurrency>(
          (before, stalledAt) => (stalledAt === null ? grown(before) : cut(before, stalledAt)),
          fullConcurrency,
        );

        expect(limit).toBeGreaterThanOrEqual(concurrency.least);
        expect(limit).toBeLessThanOrEqual(concurrency.most);
      }),
    );
  });
});

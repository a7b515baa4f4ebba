import { measureFairness } from '../support/fairness';

describe('a backlog of messages of one workspace', () => {
  it('delays neither a receipt of its own, nor another workspace', async () => {
    const [backlog, others] = [60, 3];

    const { order, taken } = await measureFairness({ backlog, others, limitMs: 60_000 });

    expect(order).toHaveLength(backlog + others + 1);
    expect(order.indexOf('receipt')).toBeLessThan(taken + 10);
    expect(order.lastIndexOf('other')).toBeLessThan(taken + 2 * others + 10);
  }, 120_000);
});

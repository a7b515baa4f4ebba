import { compare, tableOf, verdictOf } from '../../scripts/growth/measure';
import { measurePast } from '../../scripts/growth/past';
import { withServer } from '../../scripts/growth/server';
import { measureWaiting } from '../../scripts/growth/waiting';
import { loadDevConfig } from '../../src/process/config';

const wishes = { calls: 1, most: 1.3 };
const row = (ratio: number) => ({ what: 'a call', muchMs: ratio, littleMs: 1, ratio });

describe('fault 24: the measure of growth', () => {
  it('calls both sides in turn, after some calls that do not count', async () => {
    const called: string[] = [];
    const side = (name: string) => (n: number) => Promise.resolve(called.push(`${name} ${n}`));

    await compare(
      { what: 'a call', much: side('much'), little: side('little') },
      { calls: 5, most: Infinity },
    );

    expect(called).toHaveLength(12);
    expect(called.slice(0, 4)).toEqual(['much 0', 'little 0', 'little 1', 'much 1']);
  });

  it('compares again what misses, with other calls, three times at most', async () => {
    const called: number[] = [];

    const row = await compare(
      {
        what: 'a call',
        much: (n) => Promise.resolve(called.push(n)),
        little: () => Promise.resolve(),
      },
      { calls: 5, most: 0 },
    );

    expect(row.ratio).toBeGreaterThan(0);
    expect(new Set(called).size).toBe(18);
  });

  it('fails where one ratio is beyond the most', () => {
    expect(verdictOf([row(1), row(1.3)], wishes)).toBe(true);
    expect(verdictOf([row(1), row(1.31)], wishes)).toBe(false);
    expect(tableOf([row(1.31)], wishes).at(-1)).toContain('missed');
  });

  it('measures every call over a small past and a small house', async () => {
    const { mongodbUri } = loadDevConfig();

    const rows = await withServer(mongodbUri, async (server) => [
      ...(await measurePast(server, { ...wishes, events: 50 })),
      ...(await measureWaiting(server, { ...wishes, many: 60, few: 50 })),
    ]);

    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ ratio }) => !(ratio > 0))).toEqual([]);
  }, 60_000);
});

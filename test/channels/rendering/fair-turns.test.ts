import { createFairTurns } from '../../../src/channels/rendering/fair-turns';

describe('fair turns', () => {
  it('let a key wait for one work of each other key, however many it has', async () => {
    const turns = createFairTurns(1);
    const done: string[] = [];
    const take = (key: string, name: string) =>
      turns.take(key, async () => {
        await Promise.resolve();
        done.push(name);
      });

    await Promise.all([
      ...['a1', 'a2', 'a3', 'a4'].map((name) => take('a', name)),
      ...['b1', 'b2'].map((name) => take('b', name)),
      take('c', 'c1'),
    ]);

    expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  });

  it('carry out only so many at a time, and go on after one that fails', async () => {
    const turns = createFairTurns(2);
    let busy = 0;
    let most = 0;
    const work = async () => {
      busy += 1;
      most = Math.max(most, busy);
      await Promise.resolve();
      busy -= 1;
      throw new Error('failed');
    };

    const ends = await Promise.allSettled([1, 2, 3, 4, 5].map(() => turns.take('a', work)));

    expect(ends.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    expect([most, turns.waitingOf('a')]).toEqual([2, 0]);
  });
});

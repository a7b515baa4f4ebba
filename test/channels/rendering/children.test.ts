import { join } from 'node:path';
import { createChildren, type Children } from '../../../src/channels/rendering/children';

const usual = { processes: 2, waiting: 10, startMs: 60_000, memoryMb: 32 };

let children: Children;

const open = (changed: Partial<typeof usual> = {}, file = 'odd-child.cjs') => {
  children = createChildren(join(__dirname, file), { ...usual, ...changed });
  return {
    close: () => children.close(),
    run: (work: string, { of = 0, limitMs = 60_000, key = 'shop' } = {}) =>
      children.run({ key, message: { work, of }, limitMs }),
  };
};

afterEach(async () => {
  await children.close();
});

describe('attack 2: a child process', () => {
  it.each([
    ['works without end', 'spin', 100],
    ['takes all memory bit by bit', 'grow', 60_000],
    ['takes all memory at once', 'swell', 60_000],
    ['breaks', 'fail', 60_000],
  ])('that %s is ended, and its task alone is lost', async (_what, work, limitMs) => {
    const { run } = open();
    const other = run('echo', { of: 7 });

    await expect(run(work, { limitMs })).rejects.toMatchObject({ kind: 'passed' });

    await expect(other).resolves.toMatchObject({ of: 7 });
    await expect(run('echo', { of: 8 })).resolves.toMatchObject({ of: 8 });
  });

  it('is replaced for the tasks that wait behind a lost one', async () => {
    const { run } = open({ processes: 1 });
    const lost = run('spin', { limitMs: 100 });
    const waiting = [1, 2, 3].map((of) => run('echo', { of }));

    await expect(lost).rejects.toMatchObject({ kind: 'passed' });

    await expect(Promise.all(waiting)).resolves.toMatchObject([{ of: 1 }, { of: 2 }, { of: 3 }]);
  });

  it('that does not start has lost no work: its task never began', async () => {
    const { run } = open({ startMs: 50 }, 'mute-child.cjs');

    await expect(run('echo')).rejects.toMatchObject({ kind: 'idle' });
  });

  it('takes no more tasks of a key than may wait, and those of another', async () => {
    const { run } = open({ processes: 1, waiting: 1 });
    const taken = [run('echo'), run('echo')];

    await expect(run('echo')).rejects.toMatchObject({ kind: 'idle' });

    await expect(run('echo', { key: 'other', of: 1 })).resolves.toMatchObject({ of: 1 });
    await expect(Promise.all(taken)).resolves.toHaveLength(2);
  });

  it('ends with its parent, whatever it does', async () => {
    const { run, close } = open();
    const spinning = run('spin').catch((error: unknown) => error);
    await run('echo');

    await close();

    expect(await spinning).toMatchObject({ kind: 'idle' });
    await expect(run('echo')).rejects.toMatchObject({ kind: 'idle' });
  });
});

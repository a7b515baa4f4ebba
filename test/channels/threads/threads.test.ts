import { join } from 'node:path';
import { createThreads, type Threads } from '../../../src/channels/threads/threads';

const usual = { threads: 2, waiting: 10, startMs: 60_000, memoryMb: 32 };
const longMs = 60_000;

let threads: Threads;

const open = (changed: Partial<typeof usual> = {}, file = 'odd-thread.cjs') => {
  threads = createThreads(join(__dirname, file), { ...usual, ...changed });
  return threads;
};

afterEach(async () => {
  await threads.close();
});

describe('attack 2: a thread', () => {
  it.each([
    ['works without end', 'spin', 100],
    ['takes all memory', 'grow', longMs],
    ['breaks', 'fail', longMs],
  ])('that %s is ended, and its task alone is lost', async (_what, work, limitMs) => {
    const { run } = open();
    const other = run({ work: 'echo', of: 'another' }, longMs);

    await expect(run({ work }, limitMs)).rejects.toMatchObject({ kind: 'passed' });

    await expect(other).resolves.toEqual({ work: 'echo', of: 'another' });
    await expect(run({ work: 'echo' }, longMs)).resolves.toEqual({ work: 'echo' });
  });

  it('is replaced for the tasks that wait behind a lost one', async () => {
    const { run } = open({ threads: 1 });
    const lost = run({ work: 'spin' }, 100);
    const waiting = [1, 2, 3].map((of) => run({ work: 'echo', of }, longMs));

    await expect(lost).rejects.toMatchObject({ kind: 'passed' });

    await expect(Promise.all(waiting)).resolves.toMatchObject([{ of: 1 }, { of: 2 }, { of: 3 }]);
  });

  it('that does not start has lost no work: its task never began', async () => {
    const { run } = open({ startMs: 50 }, 'mute-thread.cjs');

    await expect(run({ work: 'echo' }, longMs)).rejects.toMatchObject({ kind: 'idle' });
  });

  it('takes no more tasks than may wait', async () => {
    const { run } = open({ threads: 1, waiting: 1 });
    const taken = [run({ work: 'echo' }, longMs), run({ work: 'echo' }, longMs)];
    await Promise.resolve();

    await expect(run({ work: 'echo' }, longMs)).rejects.toMatchObject({ kind: 'idle' });

    await expect(Promise.all(taken)).resolves.toHaveLength(2);
  });

  it('ends with its pool, whatever it does', async () => {
    const { run, close } = open();
    const spinning = run({ work: 'spin' }, longMs).catch((error: unknown) => error);
    await run({ work: 'echo' }, longMs);

    await close();

    expect(await spinning).toMatchObject({ kind: 'idle' });
    await expect(run({ work: 'echo' }, longMs)).rejects.toMatchObject({ kind: 'idle' });
  });
});

import { grouped } from '../../../src/store/mongo/grouped';

/** A server that answers when it is told to, and remembers the groups it was given. */
function slowServer() {
  const groups: (readonly number[])[] = [];
  const waiting: (() => void)[] = [];
  return {
    groups,
    write: async (items: readonly number[]) => {
      groups.push(items);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return items.map((item) => item * 10);
    },
    answer: () => waiting.shift()?.(),
  };
}

const isItemsFault = () => true;
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a group commit', () => {
  it('answers each write with its own result', async () => {
    const commit = grouped({
      isItemsFault,
      run: (items: readonly number[]) => Promise.resolve(items.map((n) => n * 10)),
    });

    const results = await Promise.all([1, 2, 3].map(commit));

    expect(results).toEqual([10, 20, 30]);
  });

  it('writes in one command what comes in one turn', async () => {
    const server = slowServer();
    const commit = grouped({ isItemsFault, run: server.write });

    const results = Promise.all([1, 2, 3].map(commit));
    await turn();
    server.answer();
    await results;

    expect(server.groups).toEqual([[1, 2, 3]]);
  });

  it('gathers what comes while as many groups as allowed are under way', async () => {
    const server = slowServer();
    const commit = grouped({ isItemsFault, run: server.write, mostGroups: 1 });
    const first = commit(1);
    await turn();

    const rest = [commit(2), commit(3)];
    await turn();
    server.answer();
    await first;
    await turn();
    server.answer();
    await Promise.all(rest);

    expect(server.groups).toEqual([[1], [2, 3]]);
  });

  it('never makes a group larger than its bound', async () => {
    const sizes: number[] = [];
    const write = (items: readonly number[]) => {
      sizes.push(items.length);
      return Promise.resolve(items);
    };
    const commit = grouped({ isItemsFault, run: write, mostItems: 2 });

    await Promise.all([1, 2, 3, 4, 5].map(commit));

    expect(sizes).toEqual([2, 2, 1]);
  });

  it('lets one that cannot be stored fail alone', async () => {
    const write = (items: readonly number[]) =>
      items.includes(2) ? Promise.reject(new Error('too large')) : Promise.resolve(items);
    const commit = grouped({ isItemsFault, run: write });

    const results = await Promise.allSettled([1, 2, 3].map(commit));

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fails as a whole, and is not written again, when the server is away', async () => {
    const groups: number[] = [];
    const write = (items: readonly number[]) => {
      groups.push(items.length);
      return Promise.reject<readonly number[]>(new Error('away'));
    };
    const commit = grouped({ run: write, isItemsFault: () => false });

    const results = await Promise.allSettled([1, 2, 3].map(commit));

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(groups).toEqual([3]);
  });
});

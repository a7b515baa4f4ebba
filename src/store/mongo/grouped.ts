type Settings<Item, Result> = Readonly<{
  /** Does all items in one command and answers for each, in order. */
  run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** True of an error that an item has caused. The others can then be done without it. */
  isItemsFault: (error: unknown) => boolean;
  /** The most items of a group. */
  mostItems?: number;
  /** The number of groups under way at once. Further items wait for the next group. */
  mostGroups?: number;
}>;

type Waiting<Item, Result> = Readonly<{
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}>;

/**
 * Does concurrent calls in groups, as in a group commit. A single call goes at once, so that a
 * quiet process pays no delay; under load a group gathers while the group before it runs. When an
 * item makes its group fail, its items are done singly, so that it fails alone.
 */
export function grouped<Item, Result>({
  run,
  isItemsFault,
  mostItems = 200,
  mostGroups = 2,
}: Settings<Item, Result>): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = [];
  let underWay = 0;

  function next(): void {
    while (underWay < mostGroups && queue.length > 0) {
      const group = queue.splice(0, mostItems);
      underWay += 1;
      void perform({ run, isItemsFault }, group).finally(() => {
        underWay -= 1;
        next();
      });
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      // Starts a turn later, so that calls of the same turn share a group.
      if (queue.length === 1) setImmediate(next);
    });
}

async function perform<Item, Result>(
  settings: Pick<Settings<Item, Result>, 'run' | 'isItemsFault'>,
  group: readonly Waiting<Item, Result>[],
): Promise<void> {
  try {
    const results = await settings.run(group.map(({ item }) => item));
    group.forEach(({ resolve, reject }, index) => {
      const result = results[index];
      if (result === undefined) reject(new Error('A group was answered with too few results'));
      else resolve(result);
    });
  } catch (error) {
    const [only] = group;
    if (group.length === 1) only?.reject(error);
    else if (settings.isItemsFault(error)) {
      await Promise.all(group.map((waiting) => perform(settings, [waiting])));
    } else
      group.forEach(({ reject }) => {
        reject(error);
      });
  }
}

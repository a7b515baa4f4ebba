type Settings<Item, Result> = Readonly<{
  /** Does all items in one command and answers for each, in order. */
  run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** True of an error that one of the items has caused, so that the others may be done without it. */
  isItemsFault: (error: unknown) => boolean;
  /** A group holds at most so many. */
  mostItems?: number;
  /** So many groups may be under way at once; what comes meanwhile waits for the next. */
  mostGroups?: number;
}>;

type Waiting<Item, Result> = Readonly<{
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}>;

/**
 * Does concurrent calls in groups, as in a group commit. A call that comes alone goes at once, so that a quiet process pays
 * no delay; under load a group lasts as long as the one before it takes. Where an item makes its group fail, all are done one
 * by one, so that it fails alone.
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
      // One turn later, so that calls of the same turn share a group.
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

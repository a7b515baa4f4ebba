import { openTarget, type Target, type Thing } from './target';

/** What stands under some names, wherever they stand in the answer. */
function valuesIn(node: unknown, names: readonly string[]): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    names.includes(name) ? [String(value)] : valuesIn(value, names),
  );
}

describe('an explanation', () => {
  let target: Target;

  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  const people = ['ada', 'bea', 'cleo'];
  const docs = Array.from({ length: 300 }, (_, n) => ({
    _id: `id ${n}`,
    who: people[n % 3],
    at: (n * 7) % 50,
  }));

  async function explained(command: Thing, things: string) {
    const [name = ''] = Object.keys(command);
    const answer = await target.database.command({ explain: { ...command, [name]: things } });
    return {
      stages: valuesIn(answer, ['stage', 'indexName']),
      examined: Number(valuesIn(answer, ['totalDocsExamined'])[0]),
    };
  }

  it('names a scan of all, and a sort that no index gives', async () => {
    const { collectionName } = await target.collection(...docs);

    const plan = await explained(
      { find: '', filter: { who: 'ada' }, sort: { at: 1 } },
      collectionName,
    );

    expect(plan.stages).toEqual(expect.arrayContaining(['COLLSCAN', 'SORT']));
  });

  it.each([1, -1] as const)(
    'names an index that gives the order %d, and looks at a page',
    async (order) => {
      const things = await target.collection(...docs);
      await things.createIndexes([{ key: { who: 1, at: -1, _id: -1 }, name: 'by time' }]);
      const filter = { who: { $in: ['ada', 'cleo'] } };
      const sort = { at: order, _id: order };
      const find = { find: '', filter, sort, limit: 10 };

      const plan = await explained(find, things.collectionName);
      const page = await things.find(filter).sort(sort).limit(10).toArray();

      expect(plan.stages).toEqual(expect.arrayContaining(['SORT_MERGE', 'by time']));
      expect(plan.stages).not.toContain('SORT');
      expect(plan.examined).toBeLessThanOrEqual(12);
      const scanned = await target.collection(...docs);
      expect(page).toEqual(await scanned.find(filter).sort(sort).limit(10).toArray());
    },
  );

  it.each<[string, Thing]>([
    ['count', { aggregate: '', pipeline: [{ $match: { who: 'ada' } }], cursor: {} }],
    ['change', { update: '', updates: [{ q: { who: 'ada' }, u: { $set: { at: 0 } } }] }],
    ['change that answers', { findAndModify: '', query: { who: 'ada' }, remove: true }],
    ['removal', { delete: '', deletes: [{ q: { who: 'ada' }, limit: 1 }] }],
  ])('tells how a %s searches, and carries nothing out', async (_name, command) => {
    const things = await target.collection(...docs);
    await things.createIndexes([{ key: { who: 1 }, name: 'by name' }]);

    const plan = await explained(command, things.collectionName);

    expect(plan.stages).toContain('by name');
    expect(await things.countDocuments({ who: 'ada', at: { $gt: 0 } })).toBe(98);
  });
});

describe('the order of an index', () => {
  let target: Target;

  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  it('is the order of values of every kind that has one', async () => {
    const texts = ['\ue000', '\uffff', '\u{10000}', '\u{1f600}a', '\ud7ff'];
    const values = [-5, 3, 0.5, 'b', 'a', 'a\u0001', 'a\u0000', 'ab', '', true, false, null];
    const dates = [new Date(5), new Date(-5)];
    const docs = [...values, ...texts, ...dates].map((at, n) => ({ _id: n, who: 'ada', at }));
    const [scanned, indexed] = [await target.collection(...docs), await target.collection(...docs)];
    await indexed.createIndexes([{ key: { who: 1, at: 1, _id: 1 } }]);

    for (const order of [1, -1] as const) {
      const [expected, found] = await Promise.all(
        [scanned, indexed].map((things) =>
          things.find({ who: 'ada' }).sort({ at: order, _id: order }).toArray(),
        ),
      );
      expect(found).toEqual(expected);
    }
  });

  it('fault 25: is the order of code points for texts, with an index and without', async () => {
    const texts = ['a', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{1f600}'];
    const docs = texts.toReversed().map((at, n) => ({ _id: n, who: 'ada', at }));
    const [scanned, indexed] = [await target.collection(...docs), await target.collection(...docs)];
    await indexed.createIndexes([{ key: { who: 1, at: 1 } }]);

    for (const things of [scanned, indexed]) {
      const found = await things.find({ who: 'ada' }).sort({ at: 1 }).toArray();
      expect(found.map(({ at }) => String(at))).toEqual(texts);
    }
  });
});

import { openTarget, until, type Target } from './target';

describe('indexes', () => {
  let target: Target;

  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  it('refuses a duplicate and names the key', async () => {
    const things = await target.collection();
    await things.createIndexes([{ key: { workspace: 1, 'who.email': 1 }, unique: true }]);
    await things.insertOne({ workspace: 'w', who: { email: 'a' } });

    const again = things.insertOne({ workspace: 'w', who: { email: 'a' } });

    await expect(again).rejects.toMatchObject({
      code: 11000,
      keyPattern: { workspace: 1, 'who.email': 1 },
      keyValue: { workspace: 'w', 'who.email': 'a' },
    });
    await things.insertOne({ workspace: 'other', who: { email: 'a' } });
  });

  it('refuses a second document with the same id', async () => {
    const things = await target.collection({ _id: 'a' });

    await expect(things.insertOne({ _id: 'a' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 'a' },
    });
  });

  it('holds for updates, upserts and replacements, which then change nothing', async () => {
    const things = await target.collection({ _id: 1, k: 'a' }, { _id: 2, k: 'b' });
    await things.createIndexes([{ key: { k: 1 }, unique: true }]);
    const duplicate = { code: 11000, keyValue: { k: 'a' } };

    await expect(things.updateOne({ _id: 2 }, { $set: { k: 'a' } })).rejects.toMatchObject(
      duplicate,
    );
    await expect(things.replaceOne({ _id: 2 }, { k: 'a' })).rejects.toMatchObject(duplicate);
    await expect(
      things.updateOne({ _id: 3 }, { $set: { k: 'a' } }, { upsert: true }),
    ).rejects.toMatchObject(duplicate);
    await expect(things.findOneAndUpdate({ _id: 2 }, { $set: { k: 'a' } })).rejects.toMatchObject(
      duplicate,
    );

    expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, k: 'a' },
      { _id: 2, k: 'b' },
    ]);
  });

  it('frees a key when its document changes or goes', async () => {
    const things = await target.collection({ _id: 1, k: 'a' }, { _id: 2, k: 'b' });
    await things.createIndexes([{ key: { k: 1 }, unique: true }]);

    await things.updateOne({ _id: 1 }, { $set: { k: 'c' } });
    await things.deleteOne({ _id: 2 });
    await things.insertMany([{ k: 'a' }, { k: 'b' }]);

    expect((await things.distinct('k')).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('holds each item of an array unique across documents but not within one', async () => {
    const things = await target.collection();
    await things.createIndexes([{ key: { 'ids.value': 1 }, unique: true }]);
    await things.insertOne({ ids: [{ value: 'a' }, { value: 'b' }, { value: 'a' }] });

    const again = things.insertOne({ ids: [{ value: 'c' }, { value: 'b' }] });

    await expect(again).rejects.toMatchObject({ code: 11000, keyValue: { 'ids.value': 'b' } });
  });

  it('counts a missing field as one value, unless the index is sparse', async () => {
    const [dense, sparse] = [await target.collection(), await target.collection()];
    await dense.createIndexes([{ key: { k: 1 }, unique: true }]);
    await sparse.createIndexes([{ key: { k: 1 }, unique: true, sparse: true }]);

    await dense.insertOne({});
    await sparse.insertMany([{}, {}, { k: 1 }]);

    await expect(dense.insertOne({ k: null })).rejects.toMatchObject({ code: 11000 });
    await expect(sparse.insertOne({ k: 1 })).rejects.toMatchObject({ code: 11000 });
  });

  it('holds a partial index only where its filter matches', async () => {
    const things = await target.collection();
    await things.createIndexes([
      { key: { k: 1 }, unique: true, partialFilterExpression: { open: true } },
    ]);

    await things.insertMany([{ _id: 1, k: 'a', open: true }, { k: 'a', open: false }, { k: 'a' }]);

    await expect(things.insertOne({ k: 'a', open: true })).rejects.toMatchObject({ code: 11000 });
    await expect(things.updateOne({ open: false }, { $set: { open: true } })).rejects.toMatchObject(
      { code: 11000 },
    );
    await things.updateOne({ _id: 1 }, { $set: { open: false } });
    await things.insertOne({ k: 'a', open: true });
    expect(await things.countDocuments({ k: 'a' })).toBe(4);
  });

  it('is not built over documents that break it', async () => {
    const things = await target.collection({ k: 1 }, { k: 1 });

    await expect(things.createIndexes([{ key: { k: 1 }, unique: true }])).rejects.toMatchObject({
      code: 11000,
    });

    expect(await things.listIndexes().toArray()).toHaveLength(1);
  });

  it('is listed, accepted twice and dropped by name or by fields', async () => {
    const things = await target.collection({ k: 1 });
    await things.createIndexes([{ key: { k: 1 }, unique: true }]);
    await things.createIndexes([{ key: { k: 1 }, unique: true }]);
    await things.createIndexes([{ key: { l: -1 } }]);

    const listed = await things.listIndexes().toArray();
    await things.dropIndex('k_1');
    await target.database.command({ dropIndexes: things.collectionName, index: { l: -1 } });
    await things.insertOne({ k: 1 });

    expect(listed).toMatchObject([
      { name: '_id_', key: { _id: 1 } },
      { name: 'k_1', key: { k: 1 }, unique: true },
      { name: 'l_-1', key: { l: -1 } },
    ]);
    expect(await things.listIndexes().toArray()).toHaveLength(1);
  });

  it('is refused when another has its name or its definition', async () => {
    const things = await target.collection();
    await things.createIndexes([{ key: { k: 1 }, name: 'first' }]);

    await expect(things.createIndexes([{ key: { k: 1 }, name: 'second' }])).rejects.toMatchObject({
      code: 85,
    });
    await expect(things.createIndexes([{ key: { l: 1 }, name: 'first' }])).rejects.toMatchObject({
      code: 86,
    });
    await expect(things.dropIndex('third')).rejects.toMatchObject({ code: 27 });
    await things.createIndexes([{ key: { k: 1 }, name: 'unique', unique: true }]);

    expect(await things.listIndexes().toArray()).toHaveLength(3);
  });

  it('refuses two arrays in one compound key', async () => {
    const things = await target.collection();
    await things.createIndexes([{ key: { a: 1, b: 1 } }]);

    await expect(things.insertOne({ a: [1, 2], b: [1, 2] })).rejects.toMatchObject({ code: 171 });
  });

  // A real MongoDB looks for expired documents once a minute.
  it('removes what has expired and nothing else', async () => {
    const things = await target.collection();
    await things.createIndexes([{ key: { at: 1 }, expireAfterSeconds: 60 }]);
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

    await things.insertMany([
      { _id: 'old', at: minutesAgo(10) },
      { _id: 'young', at: minutesAgo(-10) },
      { _id: 'text', at: 'never' },
      { _id: 'none' },
    ]);
    await until(async () => (await things.countDocuments({ _id: 'old' })) === 0);

    expect((await things.distinct('_id')).toSorted()).toEqual(['none', 'text', 'young']);
  }, 150_000);

  it('finds between two bounds after equal fields what a scan finds', async () => {
    const numbers = [-1e300, -5, -0.5, -0, 0, 0.5, 3, 3, 2 ** 53, 1e300, Infinity, -Infinity];
    const values = [
      ...numbers,
      ...numbers.slice(1, 8).map((n) => new Date(n * 1000)),
      'text',
      null,
    ];
    const docs = values.map((at, n) => ({ _id: n, who: n % 3 === 0 ? 'eve' : 'ada', at }));
    const [scanned, indexed] = [await target.collection(...docs), await target.collection(...docs)];
    await indexed.createIndexes([{ key: { who: 1, at: 1 } }]);
    const bounds = [...numbers, new Date(-500), new Date(3_000)];
    const ranges = bounds.flatMap((bound) => [
      { $gte: bound },
      { $gt: bound },
      { $lte: bound },
      { $lt: bound, $gte: typeof bound === 'number' ? -5 : new Date(-5_000) },
    ]);

    for (const at of ranges) {
      const filter = { who: { $in: ['ada', 'eve'] }, at };
      const [expected, found] = await Promise.all(
        [scanned, indexed].map((things) => things.find(filter).sort({ _id: 1 }).toArray()),
      );
      expect(found).toEqual(expected);
    }
  });

  it('answers by a partial index no more than the filter of the index says', async () => {
    const docs = [
      { _id: 1, who: 'ada', open: true, tag: 'a' },
      { _id: 2, who: 'ada', open: false },
      { _id: 3, who: 'ada', tag: null },
    ];
    const things = await target.collection(...docs);
    await things.createIndexes([
      { key: { who: 1 }, name: 'open', partialFilterExpression: { open: true } },
      { key: { who: 1, tag: 1 }, partialFilterExpression: { tag: { $exists: true } } },
    ]);
    const idsBy = async (filter: object) =>
      (await things.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

    expect(await idsBy({ who: 'ada' })).toEqual([1, 2, 3]);
    expect(await idsBy({ who: 'ada', open: true })).toEqual([1]);
    expect(await idsBy({ who: 'ada', open: { $in: [true, false] } })).toEqual([1, 2]);
    expect(await idsBy({ who: 'ada', tag: null })).toEqual([2, 3]);
    expect(await idsBy({ who: 'ada', tag: 'a' })).toEqual([1]);
    await things.updateOne({ _id: 2 }, { $set: { open: true } });
    await things.updateOne({ _id: 1 }, { $set: { open: false } });
    expect(await idsBy({ who: 'ada', open: true })).toEqual([2]);
  });
});

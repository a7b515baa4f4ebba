import { mongo } from 'mongoose';
import { openTarget, until, type Target } from './target';

describe('writes', () => {
  let target: Target;

  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  it('inserts documents and gives back every type as it was', async () => {
    const things = await target.collection();
    const thing = {
      _id: new mongo.ObjectId(),
      text: 'caffè',
      whole: 42,
      instant: 1_766_000_000_000,
      fraction: 1.5,
      huge: mongo.Long.fromString('9223372036854775807'),
      price: mongo.Decimal128.fromString('12.30'),
      at: new Date(1_766_000_000_123),
      bytes: new mongo.Binary(Buffer.from([1, 2, 3])),
      pattern: /^a/i,
      nothing: null,
      list: [1, 'two', { three: [3] }],
    };

    await things.insertOne(thing);

    expect(await things.findOne({ _id: thing._id })).toEqual(thing);
  });

  it('stops an ordered bulk at the first duplicate', async () => {
    const things = await target.collection({ _id: 2 });

    const insert = things.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);

    await expect(insert).rejects.toMatchObject({ code: 11000, insertedCount: 1 });
    expect(await things.countDocuments()).toBe(2);
  });

  it('goes on after a duplicate in an unordered bulk', async () => {
    const things = await target.collection({ _id: 2 });

    const insert = things.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }], { ordered: false });

    await expect(insert).rejects.toMatchObject({
      code: 11000,
      insertedCount: 2,
      writeErrors: [{ index: 1, code: 11000 }],
    });
    expect(await things.countDocuments()).toBe(3);
  });

  it('counts what a mixed bulk did', async () => {
    const things = await target.collection({ n: 1 }, { n: 2 }, { n: 3 });

    const result = await things.bulkWrite([
      { insertOne: { document: { n: 4 } } },
      { updateMany: { filter: { n: { $gte: 2 } }, update: { $inc: { n: 10 } } } },
      { updateOne: { filter: { n: 99 }, update: { $set: { made: true } }, upsert: true } },
      { deleteOne: { filter: { n: 1 } } },
    ]);

    expect(result).toMatchObject({
      insertedCount: 1,
      matchedCount: 3,
      modifiedCount: 3,
      upsertedCount: 1,
      deletedCount: 1,
    });
  });

  it('matches without modifying when nothing would change', async () => {
    const things = await target.collection({ n: 1 });

    const result = await things.updateOne({ n: 1 }, { $set: { n: 1 } });

    expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
  });

  it('builds an upserted document from the equalities of the filter, the update and $setOnInsert', async () => {
    const things = await target.collection();
    const filter = { 'who.id': 'c1', kind: { $eq: 'a' }, $and: [{ n: 1 }], at: { $gt: 5 } };
    const update: mongo.Document = {
      $set: { seen: true },
      $setOnInsert: { first: 1 },
      $push: { log: 'x' },
    };

    const made = await things.updateOne(filter, update, { upsert: true });
    const again = await things.updateOne({ 'who.id': 'c1' }, update, { upsert: true });

    expect([made.upsertedCount, again.upsertedCount, again.modifiedCount]).toEqual([1, 0, 1]);
    expect(await things.findOne({}, { projection: { _id: 0 } })).toEqual({
      who: { id: 'c1' },
      kind: 'a',
      n: 1,
      seen: true,
      first: 1,
      log: ['x', 'x'],
    });
  });

  it('replaces a document and keeps its id', async () => {
    const things = await target.collection({ _id: 'a', n: 1 });

    await things.replaceOne({ n: 1 }, { m: 2 });

    expect(await things.find().toArray()).toEqual([{ _id: 'a', m: 2 }]);
  });

  it('upserts a replacement under the id of the filter', async () => {
    const things = await target.collection();

    const result = await things.replaceOne({ _id: 'k' }, { m: 2 }, { upsert: true });

    expect(result.upsertedId).toBe('k');
    expect(await things.find().toArray()).toEqual([{ _id: 'k', m: 2 }]);
  });

  it('refuses to change an id', async () => {
    const things = await target.collection({ _id: 'a' });

    const change = things.updateOne({}, { $set: { _id: 'b' } });

    await expect(change).rejects.toMatchObject({ code: 66 });
  });

  it('updates the first in the order of the sort and answers the document before or after', async () => {
    const things = await target.collection({ n: 1 }, { n: 3 }, { n: 2 });
    const options = { sort: { n: -1 }, projection: { _id: 0 } } as const;

    const before = await things.findOneAndUpdate({}, { $inc: { n: 10 } }, options);
    const after = await things.findOneAndUpdate(
      {},
      { $inc: { n: 10 } },
      { ...options, returnDocument: 'after' },
    );

    expect([before, after]).toEqual([{ n: 3 }, { n: 23 }]);
  });

  it('answers null when there is nothing to update, and what an upsert made', async () => {
    const things = await target.collection();
    const update = { $set: { b: 2 } };

    const missing = await things.findOneAndUpdate({ a: 1 }, update);
    const made = await things.findOneAndUpdate({ a: 1 }, update, {
      upsert: true,
      returnDocument: 'after',
      includeResultMetadata: true,
    });

    expect(missing).toBeNull();
    expect(made.lastErrorObject).toMatchObject({ n: 1, updatedExisting: false });
    expect(made.value).toMatchObject({ a: 1, b: 2 });
  });

  it('removes one, the found one or all that match', async () => {
    const things = await target.collection({ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 });

    const found = await things.findOneAndDelete({}, { sort: { n: -1 } });
    const one = await things.deleteOne({ n: { $lt: 3 } });
    const rest = await things.deleteMany({});

    expect([found?.['n'], one.deletedCount, rest.deletedCount]).toEqual([4, 1, 2]);
  });

  it('gives a claim to one of many that race for it', async () => {
    const things = await target.collection({ state: 'open' });

    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, by) =>
        things.updateOne({ state: 'open' }, { $set: { state: 'taken', by } }),
      ),
    );

    expect(claims.filter(({ modifiedCount }) => modifiedCount === 1)).toHaveLength(1);
  });

  it('takes writes that ask for no acknowledgement', async () => {
    const things = await target.collection();

    const unacknowledged = await things.insertOne({ n: 1 }, { writeConcern: { w: 0 } });
    await until(async () => (await things.countDocuments()) === 1);

    expect(unacknowledged.acknowledged).toBe(false);
  });
});

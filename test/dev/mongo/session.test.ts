import { createConnection, mongo, Schema } from 'mongoose';
import { openTarget, type Target } from './target';

const numbers = Array.from({ length: 250 }, (_, n) => ({ n }));

describe('a client', () => {
  let target: Target;

  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  it('fetches a long result in batches', async () => {
    const things = await target.collection(...numbers);

    const all = await things.find().batchSize(20).sort({ n: 1 }).toArray();

    expect(all.map(({ n }) => Number(n))).toEqual(numbers.map(({ n }) => n));
  });

  it('closes a cursor before its end', async () => {
    const things = await target.collection(...numbers);
    const cursor = things.find().batchSize(2);
    await cursor.next();
    const { id } = cursor;

    await cursor.close();

    const fetch = target.database.command({ getMore: id, collection: things.collectionName });
    await expect(fetch).rejects.toMatchObject({ code: 43 });
  });

  it('takes results larger than one message', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const things = await target.collection(
      ...numbers.slice(0, 40).map(({ n }) => ({ n, megabyte })),
    );

    const all = await things.find().toArray();

    expect(all).toHaveLength(40);
  });

  it('refuses a document of more than 16 MB', async () => {
    const things = await target.collection({ _id: 1, half: 'x'.repeat(9 * 1024 * 1024) });

    const grow = things.updateOne({ _id: 1 }, [{ $set: { other: '$half' } }]);

    await expect(grow).rejects.toBeInstanceOf(mongo.MongoServerError);
  });

  it('is refused a result that no message can hold', async () => {
    const part = { text: 'x'.repeat(6 * 1024 * 1024) };
    const things = await target.collection({ ...part }, { ...part }, { ...part });

    const gather = things.aggregate([{ $group: { _id: null, all: { $push: '$text' } } }]).toArray();

    await expect(gather).rejects.toBeInstanceOf(mongo.MongoServerError);
  });

  it('reads its own writes in a causally consistent session with majority concerns', async () => {
    const things = await target.collection();
    const session = target.client.startSession({ causalConsistency: true });

    await things.insertOne({ n: 1 }, { session, writeConcern: { w: 'majority' } });
    const read = await things.findOne({ n: 1 }, { session, readConcern: { level: 'majority' } });
    await session.endSession();

    expect(read).toMatchObject({ n: 1 });
  });

  it('lists and drops collections', async () => {
    const things = await target.collection({ n: 1 });
    const { collectionName: name } = things;

    const before = await target.database.listCollections({ name }).toArray();
    await things.drop();
    const after = await target.database.listCollections({ name }).toArray();

    expect([before.length, after.length, await things.countDocuments()]).toEqual([1, 0, 0]);
  });

  it('aggregates with groups, sorts and joins', async () => {
    const orders = await target.collection(
      { who: 'a', sum: 3, lines: [{ sku: 'x' }, { sku: 'y' }] },
      { who: 'b', sum: 10, lines: [{ sku: 'x' }] },
      { who: 'a', sum: 4, lines: [] },
      { who: 'c', sum: 1 },
    );
    const people = await target.collection({ _id: 'a', name: 'Ada' }, { _id: 'b', name: 'Bea' });

    const totals = await orders
      .aggregate([
        { $match: { sum: { $gt: 1 } } },
        {
          $group: {
            _id: '$who',
            total: { $sum: '$sum' },
            most: { $max: '$sum' },
            orders: { $sum: 1 },
          },
        },
        {
          $lookup: {
            from: people.collectionName,
            localField: '_id',
            foreignField: '_id',
            as: 'who',
          },
        },
        { $set: { name: { $first: '$who.name' } } },
        { $unset: 'who' },
        { $sort: { total: -1 } },
      ])
      .toArray();
    const skus = await orders
      .aggregate([{ $unwind: '$lines' }, { $sortByCount: '$lines.sku' }])
      .toArray();

    expect(totals).toEqual([
      { _id: 'b', total: 10, most: 10, orders: 1, name: 'Bea' },
      { _id: 'a', total: 7, most: 4, orders: 2, name: 'Ada' },
    ]);
    expect(skus).toEqual([
      { _id: 'x', count: 2 },
      { _id: 'y', count: 1 },
    ]);
    expect(await people.findOne({ _id: 'a' })).toEqual({ _id: 'a', name: 'Ada' });
  });

  it('may be mongoose with schemas, indexes and versions', async () => {
    const connection = await createConnection(target.uri, {
      dbName: target.database.databaseName,
    }).asPromise();
    const schema = new Schema(
      { email: String, visits: [{ page: String }] },
      { timestamps: true, optimisticConcurrency: true },
    );
    schema.index({ email: 1 }, { unique: true });
    const Visitor = connection.model('Visitor', schema);
    await Visitor.init();

    const visitor = await Visitor.create({ email: 'a@example.com', visits: [{ page: '/' }] });
    await Visitor.updateOne(
      { _id: visitor._id, 'visits.page': '/' },
      { $set: { 'visits.$.page': '/cart' } },
    );
    const stale = Visitor.create({ email: 'a@example.com' });
    await expect(stale).rejects.toMatchObject({
      code: 11000,
      keyValue: { email: 'a@example.com' },
    });
    const upserted = await Visitor.findOneAndUpdate(
      { email: 'b@example.com' },
      { $push: { visits: { page: '/x' } } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
    const stored = await Visitor.find().sort({ email: 1 }).lean();
    await Visitor.syncIndexes();
    await connection.close();

    expect(stored.map(({ visits }) => visits.map(({ page }) => page))).toEqual([['/cart'], ['/x']]);
    expect(upserted.createdAt).toBeInstanceOf(Date);
  });

  it('is refused an unknown command and an unknown option', async () => {
    const { database } = target;

    await expect(database.command({ noSuchThing: 1 })).rejects.toMatchObject({ code: 59 });
    await expect(database.command({ find: 'x', strange: 1 })).rejects.toMatchObject({
      code: 40415,
    });
    await expect(
      database
        .collection('x')
        .aggregate([{ $strange: 1 }])
        .toArray(),
    ).rejects.toBeInstanceOf(mongo.MongoServerError);
  });
});

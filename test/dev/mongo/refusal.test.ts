import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { mongo } from 'mongoose';
import { startStore, type Store } from '../../../dev/mongo/storage/store';

const cart = { _id: 'cart', a: 1, items: [{ sku: 'x', tags: ['y'] }] };

// What a real MongoDB can and the development store does not pretend to.
describe('the development store refuses', () => {
  let store: Store;
  let client: mongo.MongoClient;
  let things: mongo.Collection;
  let carts: mongo.Collection<typeof cart>;

  beforeAll(async () => {
    store = await startStore({ port: 0 });
    client = new mongo.MongoClient(store.uri);
    things = client.db('d').collection('things');
    carts = client.db('d').collection('carts');
    await carts.insertOne(cart);
  });
  afterAll(async () => {
    await client.close();
    await store.close();
  });

  it('transactions', async () => {
    const work = client.withSession((session) =>
      session.withTransaction(() => things.insertOne({}, { session })),
    );

    await expect(work).rejects.toThrow();

    expect(await things.countDocuments()).toBe(0);
  });

  const explained = (command: object) => client.db('d').command({ explain: command });

  it.each([
    ['a collation', () => things.findOne({}, { collation: { locale: 'it' } })],
    ['a text index', () => things.createIndexes([{ key: { a: 'text' } }])],
    [
      'an index with a collation',
      () => things.createIndexes([{ key: { a: 1 }, collation: { locale: 'it' } }]),
    ],
    ['a change stream', () => things.aggregate([{ $changeStream: {} }]).toArray()],
    ['writing a pipeline to a collection', () => things.aggregate([{ $out: 'x' }]).toArray()],
    ['a type test it cannot make', () => things.findOne({ a: { $type: 'objectId' } })],
    ['expressions in a filter', () => things.findOne({ $expr: { $gt: ['$a', 1] } })],
    ['a comparison with null', () => things.findOne({ a: { $gte: null } })],
    ['a bound that UTF-16 sorts otherwise', () => things.findOne({ a: { $lt: '\u{1f600}' } })],
    ['scripts', () => things.findOne({ $where: 'true' })],
    ['to explain what it cannot', () => explained({ distinct: 'things', key: 'a' })],
  ])('%s', async (_name, ask) => {
    await expect(ask()).rejects.toBeInstanceOf(mongo.MongoServerError);
  });

  it.each([
    ['$exists through an array', () => carts.findOne({ 'items.sku': { $exists: true } })],
    ['$size through an array', () => carts.findOne({ $or: [{ 'items.tags': { $size: 1 } }] })],
    ['a sort through an array', () => carts.find().sort({ 'items.sku': 1 }).toArray()],
    ['renaming into an array', () => carts.updateOne({}, { $rename: { a: 'items.0.sku' } })],
    ['renaming by position', () => carts.updateOne({}, { $rename: { a: 'items.$[].sku' } })],
  ])('fault 25: %s, instead of a wrong answer', async (_name, ask) => {
    await expect(ask()).rejects.toBeInstanceOf(mongo.MongoServerError);

    expect(await carts.findOne()).toEqual(cart);
  });

  it('fault 25: nothing of an item at a position', async () => {
    expect(await carts.findOne({ 'items.0': { $exists: true } })).toEqual(cart);
    expect(await carts.findOne({ 'items.1': { $exists: true } })).toBeNull();
  });

  it('a message beyond the limit, and goes on for others', async () => {
    const socket: Socket = connect(store.port, '127.0.0.1');
    const length = Buffer.alloc(16);
    length.writeInt32LE(2_000_000_000, 0);

    socket.write(length);
    await once(socket, 'close');

    expect(await client.db('d').command({ ping: 1 })).toEqual({ ok: 1 });
  });

  it('a port that is taken', async () => {
    await expect(startStore({ port: store.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { mongo } from 'mongoose';
import { startStore, type Store } from '../../../dev/mongo/storage/store';

// What a real MongoDB can and the development store does not pretend to.
describe('the development store refuses', () => {
  let store: Store;
  let client: mongo.MongoClient;
  let things: mongo.Collection;

  beforeAll(async () => {
    store = await startStore({ port: 0 });
    client = new mongo.MongoClient(store.uri);
    things = client.db('d').collection('things');
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
    ['scripts', () => things.findOne({ $where: 'true' })],
    ['to explain what it cannot', () => explained({ distinct: 'things', key: 'a' })],
  ])('%s', async (_name, ask) => {
    await expect(ask()).rejects.toBeInstanceOf(mongo.MongoServerError);
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

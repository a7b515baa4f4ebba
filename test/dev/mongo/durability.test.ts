import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { startStore } from '../../../dev/mongo/storage/store';
import { refusedStore, runStore } from './process';

describe('the file of the development store', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'itinera-store-'));
    file = join(folder, 'store.log');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Works on one collection of a store that lives only so long. */
  async function visit<T>(work: (things: mongo.Collection) => Promise<T>): Promise<T> {
    const store = await startStore({ port: 0, file });
    const client = new mongo.MongoClient(store.uri);
    try {
      return await work(client.db('d').collection('things'));
    } finally {
      await client.close();
      await store.close();
    }
  }

  it('holds every acknowledged write after kill -9', async () => {
    const acknowledged: number[] = [];
    const before = await runStore(file);
    const client = new mongo.MongoClient(before.uri, { serverSelectionTimeoutMS: 500 });
    const things = client.db('d').collection('things');
    await things.createIndexes([{ key: { n: 1 }, unique: true }]);
    const writing = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = writer; ; n += 8) {
        await things.insertOne({ n });
        await things.updateOne({ n }, { $set: { text: 'x'.repeat(5_000) } });
        acknowledged.push(n);
        if (acknowledged.length === 300) void before.end('SIGKILL');
      }
    });
    await Promise.allSettled(writing);
    await client.close();

    const after = await runStore(file);
    const again = new mongo.MongoClient(after.uri);
    const kept = await again.db('d').collection('things').find({ text: /^x/ }).toArray();
    const duplicate = again.db('d').collection('things').insertOne({ n: acknowledged[0] });
    await expect(duplicate).rejects.toMatchObject({ code: 11000 });
    await again.close();

    expect(kept.map(({ n }) => Number(n))).toEqual(expect.arrayContaining(acknowledged));
    expect(await after.end('SIGTERM')).toBe(0);
  });

  it('may end in the middle of a record, which is left out', async () => {
    await visit(async (things) => {
      await things.insertMany([{ n: 1 }, { n: 2 }]);
    });
    await truncate(file, (await stat(file)).size - 3);

    await visit((things) => things.insertOne({ n: 3 }));
    await appendFile(file, (await readFile(file)).subarray(0, 20));
    const kept = await visit((things) => things.find().toArray());

    expect(kept.map(({ n }) => Number(n))).toEqual([1, 3]);
  });

  it.each([-5, 2_000_000_000])(
    'stops the start at an impossible record of %d bytes',
    async (length) => {
      await visit((things) => things.insertMany([{ n: 1 }, { n: 2 }]));
      const bytes = await readFile(file);
      bytes.writeInt32LE(length, 0);
      await writeFile(file, bytes);

      await expect(startStore({ port: 0, file })).rejects.toThrow('is damaged at byte 0');
    },
  );

  it('brings back deletions, drops and index definitions', async () => {
    await visit(async (things) => {
      await things.createIndexes([
        { key: { n: 1 }, unique: true, partialFilterExpression: { open: true } },
      ]);
      await things.createIndexes([{ key: { m: 1 } }]);
      await things.dropIndex('m_1');
      await things.insertMany([{ n: 1, open: true }, { n: 2 }]);
      await things.deleteOne({ n: 2 });
      await things.db.collection('other').insertOne({});
      await things.db.dropCollection('other');
    });

    const [names, indexes, docs] = await visit(async (things) => {
      await expect(things.insertOne({ n: 1, open: true })).rejects.toMatchObject({ code: 11000 });
      const collections = await things.db.listCollections().toArray();
      return [
        collections.map(({ name }) => name),
        await things.indexes(),
        await things.countDocuments(),
      ];
    });

    expect([names, docs]).toEqual([['things'], 1]);
    expect(indexes.map(({ name }) => name)).toEqual(['_id_', 'n_1']);
  });

  it('shrinks at the next start to what is alive', async () => {
    await visit(async (things) => {
      await things.insertOne({ text: '' });
      for (const size of [1, 2, 3, 4, 5]) {
        await things.updateOne({}, { $set: { text: 'x'.repeat(size * 10_000) } });
      }
    });
    const grown = (await stat(file)).size;

    await visit(() => Promise.resolve());

    expect(grown).toBeGreaterThan(150_000);
    expect((await stat(file)).size).toBeLessThan(51_000);
  });

  it('is not opened in production', async () => {
    const { code, said } = await refusedStore({ NODE_ENV: 'production' });

    expect(code).toBe(1);
    expect(said).toContain('refuses NODE_ENV=production');
  });
});

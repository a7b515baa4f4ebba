import { mongo } from 'mongoose';
import { databaseAt, dropDatabase } from '../../../dev/demo/own-database';
import { startStore } from '../../../dev/mongo/storage/store';

describe('fault 25: the database of the demo', () => {
  it('is removed, and no other of that server', async () => {
    const server = await startStore({ port: 0 });
    const own = databaseAt(server.uri, 'demo');
    const client = await mongo.MongoClient.connect(server.uri);
    for (const name of ['demo', 'shop']) await client.db(name).collection('events').insertOne({});

    await dropDatabase(own);

    const left = ['demo', 'shop'].map((name) =>
      client.db(name).collection('events').countDocuments(),
    );
    expect(await Promise.all(left)).toEqual([0, 1]);
    await client.close();
    await server.close();
  });
});

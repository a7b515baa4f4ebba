import express from 'express';
import mongoose from 'mongoose';

// Does the least that an accepted event without listeners needs: read the contact and its open
// enrollments, insert durably.
const [uri = '', port = ''] = process.argv.slice(2);
const { MongoClient } = mongoose.mongo;

type Stored = Readonly<{ _id: string }> & Readonly<Record<string, unknown>>;

async function main(): Promise<void> {
  const client = await new MongoClient(uri, { writeConcern: { w: 'majority' } }).connect();
  const collection = (name: string) => client.db().collection<Stored>(name);
  const events = collection('bareevents');
  const indexes = await collection('events').indexes();
  await events.createIndexes(indexes.map(({ key }) => ({ key })));

  const app = express().use(express.json());
  app.post('/v1/events', async ({ body }, response) => {
    const { id, contact, ...event } = body as Record<'id' | 'name', string> & {
      contact: { userId: string };
    };
    const identity = `user:${contact.userId}`;
    const known = await collection('contacts').findOne({
      workspace: 'default',
      identities: identity,
    });
    const of = { workspace: 'default', contact: known?._id };
    await collection('enrollments')
      .find({ ...of, open: true })
      .toArray();
    await events.insertOne({ _id: id, ...of, ...event, receivedAt: Date.now() });
    response.status(202).json({ results: [{ id, status: 'accepted' }] });
  });
  app.listen(Number(port), '127.0.0.1');
}

void main();

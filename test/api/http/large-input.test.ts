import { Writable } from 'node:stream';
import { createApp } from '../../../src/api/app';
import { createLogger } from '../../../src/process/logger';
import { workspaceId } from '../../../src/core/ids';
import { Registry } from 'prom-client';
import supertest from 'supertest';
import { adminKey, openTestApi, type TestApi } from '../test-api';

let api: TestApi;
let caller: ReturnType<typeof supertest.agent>;
const lines: string[] = [];

beforeAll(async () => {
  api = await openTestApi();
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const logger = createLogger({ level: 'trace', name: 'api' }, destination);
  const app = createApp({ ...api.deps, logger, registry: new Registry() });
  caller = supertest.agent(app).set('Authorization', `Bearer ${adminKey}`);
});

afterAll(() => api.close());

const zeros = (count: number) => Array.from({ length: count }, () => 0);
const names = (count: number) => Object.fromEntries(zeros(count).map((zero, n) => [`k${n}`, zero]));
const of = { name: 'Seen', contact: { userId: 'ada' } };
const track = { type: 'track', event: 'Seen', userId: 'ada' };
const most = 30_000;

type Sent = readonly [method: 'post' | 'put', path: string, body: object];

const refused: readonly Sent[] = [
  ['post', '/v1/events', { events: zeros(200_000) }],
  ['post', '/v1/events', { ...of, properties: { list: zeros(most) } }],
  ['post', '/v1/events', { ...of, properties: names(most) }],
  ['post', '/v1/batch', { batch: zeros(200_000) }],
  ['post', '/v1/batch', { batch: zeros(2_501).map(() => track) }],
  ['post', '/v1/keys', { name: 'x', scopes: zeros(200_000) }],
  ['put', '/v1/contacts/ada', { traits: { list: zeros(300_000) } }],
  ['put', '/v1/contacts/ada', names(20_000)],
  ['put', '/v1/journeys/x', { name: 'x', entry: { events: zeros(90_000) }, steps: zeros(90_000) }],
  ['put', '/v1/templates/x', { channel: 'email', defaultLocale: 'en', locales: names(20_000) }],
];

describe('attack 8: a body of very many values', () => {
  it.each(refused)('is refused at its place, in few words: %s %s', async (method, path, body) => {
    const answer = await caller[method](path).send(body);

    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(10_000);
    expect((answer.body as { errors: object[] }).errors[0]).toHaveProperty('pointer');
  });

  it('names the list that is too long', async () => {
    const answer = await caller
      .post('/v1/events')
      .send({ ...of, properties: { list: zeros(most) } });

    expect(answer.body).toMatchObject({
      errors: [{ pointer: '/properties/list', code: 'refused-json' }],
    });
  });

  it('spares the rest of its batch', async () => {
    const events = [{ ...of, properties: { list: zeros(most) } }, of];

    const answer = await caller.post('/v1/events').send({ events });

    expect(answer.body).toMatchObject({
      results: [{ status: 'rejected' }, { status: 'accepted' }],
    });
  });

  it('is one rejection, however many messages of it cannot be used', async () => {
    const answer = await caller.post('/v1/batch').send({ batch: [...zeros(2_000), track] });

    expect(answer.status).toBe(200);
    const rejections = await api.store.rejections.list(workspaceId('default'), { limit: 100 });
    expect(rejections.data).toMatchObject([{ messages: 2_000 }]);
    expect(rejections.data[0]?.faults).toHaveLength(20);
  });

  it('is taken in where it is a large order', async () => {
    const line = { product_id: 'p', sku: 's', name: 'Cup', price: 9.5, quantity: 1, url: 'u' };
    const products = zeros(1_500).map(() => line);

    const answer = await caller.post('/v1/events').send({ ...of, properties: { products } });

    expect(answer.status).toBe(202);
  });

  it('leaves no long line in the log', () => {
    expect(Math.max(0, ...lines.map(({ length }) => length))).toBeLessThan(4_000);
  });
});

import supertest from 'supertest';
import { concurrency } from '../../../../src/api/http/admission/concurrency';
import { hashOf } from '../../../../src/api/http/access/authentication';
import { serve } from '../../../../src/api/http/server';
import { workspaceId } from '../../../../src/core/ids';
import { aKey } from '../../../store/builders';
import { keyRate, openDoor } from '../../../support/admission';
import { adminKey, openTestApi, otherKey, type TestApi } from '../../test-api';
import { apiUnder, beginBody, event } from './api-under';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

describe('an API key', () => {
  it('is told what it may', async () => {
    const client = apiUnder(api, { rates: keyRate({ perSecond: 10, burst: 20 }) });

    const answer = await client.get('/v1/journeys');

    expect(answer.headers).toMatchObject({
      'ratelimit-policy': '"key";q=20;w=2, "workspace";q=1000000;w=1000000',
      ratelimit: '"key";r=19;t=1, "workspace";r=999999;t=1',
    });
  });

  it('is asked to slow down, apart from every other', async () => {
    const client = apiUnder(api, { rates: keyRate({ perSecond: 0.5, burst: 1 }) });
    await client.get('/v1/journeys');

    const answer = await client.get('/v1/journeys');
    const other = await client.get('/v1/journeys').set('Authorization', `Bearer ${otherKey}`);

    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.headers['ratelimit']).toContain('"key";r=0;t=2');
    expect(answer.body).toMatchObject({
      type: 'urn:itinera:problem:too-many-requests',
      errors: [{ pointer: '/header/authorization', code: 'key-rate' }],
    });
    expect(other.status).toBe(200);
  });

  it('attack 5: is asked to slow down after a large body, by its size', async () => {
    const client = apiUnder(api, { rates: keyRate({ perSecond: 1, burst: 100 }) });
    const properties = { note: 'x'.repeat(60 * 1_024) };

    const taken = await client.post('/v1/events').send({ ...event('large'), properties });
    const next = await client.get('/v1/journeys');

    expect(taken.status).toBe(202);
    expect(taken.headers['ratelimit']).toContain('"key";r=39;');
    expect(next.headers['ratelimit']).toContain('"key";r=38;t=62');
  });

  it('holds a quarter of the places at most, while its bodies are on their way too', async () => {
    const client = apiUnder(api, {});
    const server = await serve(client.app, { port: 0, host: '127.0.0.1' });
    const slow = Array.from({ length: concurrency.most / 4 }, () =>
      beginBody(server.port, adminKey),
    );
    await Promise.all(slow.map(({ admitted }) => admitted));
    const post = (key: string) =>
      supertest(`http://127.0.0.1:${server.port}`)
        .post('/v1/events')
        .set('Authorization', `Bearer ${key}`)
        .send(event('y'));

    const answers = [await post(adminKey), await post(otherKey)];
    for (const { socket } of slow) socket.destroy();
    await server.close(10);

    expect(answers.map(({ status }) => status)).toEqual([429, 202]);
  });

  it('that does not exist is not counted', async () => {
    const client = apiUnder(api, {});

    const answer = await client.get('/v1/journeys').set('Authorization', 'Bearer unknown');

    expect(answer.status).toBe(401);
    expect(answer.headers).not.toHaveProperty('ratelimit');
  });
});

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const segmentBatch = (size: number) => ({
  batch: numbers(size).map((n) => ({ type: 'page', messageId: `m${n}`, userId: 'ada' })),
});

describe('attack 9: a batch of small items', () => {
  it.each([
    ['/v1/events', { events: numbers(50).map((n) => event(`b${n}`)) }, 50],
    ['/v1/batch', segmentBatch(1_000), 1_000],
  ])('to %s counts each of them', async (path, body, cost) => {
    const client = apiUnder(api, { rates: keyRate({ perSecond: 10, burst: 1_500 }) });

    const answer = await client.post(path).send(body);

    expect(answer.ok).toBe(true);
    expect(answer.headers['ratelimit']).toContain(`"key";r=${1_500 - cost};`);
  });

  it('is refused where others that came with it have used up the rate', async () => {
    const client = apiUnder(api, { rates: keyRate({ perSecond: 10, burst: 1_500 }) });
    const send = () => client.post('/v1/batch').send(segmentBatch(1_000));

    const answers = await Promise.all([send(), send(), send(), send()]);

    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429]);
    expect(refused.map(({ headers }) => headers['retry-after'])).toEqual(['51', '51']);
  });
});

describe('attack 9: many keys of one workspace', () => {
  const keysOf = (count: number) => numbers(count).map((n) => `one-of-many-${n}`);

  beforeAll(async () => {
    const scopes = ['journeys:read', 'events:write'];
    for (const key of keysOf(50))
      await api.store.keys.put(aKey(hashOf(key), { workspace: workspaceId('default'), scopes }));
  });

  it('have one rate together', async () => {
    const workspace = { perSecond: 10, burst: 20 };
    const client = apiUnder(api, { rates: { key: { perSecond: 10, burst: 20 }, workspace } });
    const get = (key: string) => client.get('/v1/journeys').set('Authorization', `Bearer ${key}`);

    const answers = await Promise.all(keysOf(50).map(get));
    const refused = answers.filter(({ status }) => status === 429);
    const other = await get(otherKey);

    expect(refused).toHaveLength(30);
    expect(refused[0]?.headers).toMatchObject({
      'retry-after': '1',
      'ratelimit-policy': '"key";q=20;w=2, "workspace";q=20;w=2',
      ratelimit: '"key";r=19;t=1, "workspace";r=0;t=2',
    });
    expect(refused[0]?.body).toMatchObject({
      detail: expect.stringContaining('slow down') as string,
      errors: [{ pointer: '/header/authorization', code: 'workspace-rate' }],
    });
    expect(other.status).toBe(200);
  });

  it('attack 5: are told to send fewer large bodies at once where there is no room', async () => {
    const admission = { ...openDoor(), enter: () => Promise.resolve(undefined) };
    const client = apiUnder(api, {}, { admission });

    const answer = await client.post('/v1/events').send(event('crowded'));

    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body).toMatchObject({
      errors: [{ pointer: '/header/authorization', code: 'workspace-share' }],
    });
  });

  it('hold half of the places at most', async () => {
    const client = apiUnder(api, {});
    const server = await serve(client.app, { port: 0, host: '127.0.0.1' });
    const slow = keysOf(concurrency.most / 10).flatMap((key) =>
      numbers(5).map(() => beginBody(server.port, key)),
    );
    await Promise.all(slow.map(({ admitted }) => admitted));
    const get = (key: string) =>
      supertest(`http://127.0.0.1:${server.port}`)
        .get('/v1/journeys')
        .set('Authorization', `Bearer ${key}`);

    const answers = [await get(adminKey), await get(otherKey)];
    for (const { socket } of slow) socket.destroy();
    await server.close(10);

    expect(answers.map(({ status }) => status)).toEqual([429, 200]);
  });
});

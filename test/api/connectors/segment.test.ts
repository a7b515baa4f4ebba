import { gzipSync } from 'node:zlib';
import { Analytics } from '@segment/analytics-node';
import { serve } from '../../../src/api/http/server';
import { createApp } from '../../../src/api/app';
import { Registry } from 'prom-client';
import { DomainError } from '../../../src/core/domain-error';
import { workspaceId } from '../../../src/core/ids';
import { adminKey, failingIntake, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const track = { event: 'Cart Updated', userId: 'ada', properties: { cart_id: 'c1' } };
const workspace = workspaceId('default');

describe('the Segment API', () => {
  it('takes what the real client sends', async () => {
    const server = await serve(createApp({ ...api.deps, registry: new Registry() }), {
      port: 0,
      host: '127.0.0.1',
    });
    const client = new Analytics({ writeKey: adminKey, host: `http://127.0.0.1:${server.port}` });

    client.identify({ userId: 'bob', traits: { email: 'bob@example.com' } });
    client.track({ ...track, userId: 'bob', messageId: 'from-the-client' });
    await client.closeAndFlush();
    await server.close(1_000);

    const contact = await api.store.contacts.find(workspace, { userId: 'bob' });
    expect(contact).toMatchObject({ email: 'bob@example.com' });
    await api.admin.get('/v1/events/from-the-client').expect(200);
  });

  it('answers success by the letter', async () => {
    const answer = await api.anonymous
      .post('/v1/track')
      .auth(adminKey, '')
      .send({ ...track, messageId: 's1' });

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ success: true });
    await api.admin.get('/v1/events/s1').expect(200);
  });

  it('reads compressed JSON whatever type it claims', async () => {
    const sent = '2026-03-02T08:00:00Z';
    const batch = [{ ...track, type: 'track', messageId: 's2', originalTimestamp: sent }];

    const answer = await api.admin
      .post('/v1/batch')
      .set('Content-Type', 'application/x-www-form-urlencoded')
      .set('Content-Encoding', 'gzip')
      .serialize((body: unknown) => body as string)
      .send(gzipSync(JSON.stringify({ batch, sentAt: '2026-03-02T08:00:10Z' })));

    expect(answer.body).toEqual({ success: true });
    const event = await api.admin.get('/v1/events/s2');
    expect(event.body).toMatchObject({ occurredAt: '2026-03-02T08:59:50.000Z' });
  });

  it('answers success to a repeat and to a repeated id with other content', async () => {
    await api.admin.post('/v1/track').send({ ...track, messageId: 's3' });

    const repeat = await api.admin.post('/v1/track').send({ ...track, messageId: 's3' });
    const other = await api.admin.post('/v1/track').send({ ...track, event: 'X', messageId: 's3' });

    expect([repeat.status, other.status]).toEqual([200, 200]);
    const event = await api.admin.get('/v1/events/s3');
    expect(event.body).toMatchObject({ name: 'Cart Updated' });
    const { key } = event.body as { key: string };
    const refusals = await api.admin.get('/v1/refusals');
    expect(refusals.body).toMatchObject({ data: [{ reason: 'reused-id', event: key }] });
  });

  it.each(['page', 'screen', 'group', 'alias', 'identify'])('takes %s', async (type) => {
    const answer = await api.admin.post(`/v1/${type}`).send({ userId: 'ada', name: 'Home' });

    expect(answer.body).toEqual({ success: true });
  });

  it('keeps what is valid in a batch', async () => {
    const batch = [
      { ...track, type: 'track', messageId: 's4' },
      { type: 'track', event: 'Nobody' },
      { ...track, type: 'track', messageId: 's5', userId: { $gt: '' } },
      { ...track, type: 'track', messageId: 's6' },
    ];

    const answer = await api.admin.post('/v1/batch').send({ batch });

    expect(answer.body).toEqual({ success: true });
    await api.admin.get('/v1/events/s4').expect(200);
    await api.admin.get('/v1/events/s5').expect(404);
    await api.admin.get('/v1/events/s6').expect(200);
  });

  it.each([
    ['/v1/track', { ...track, properties: { note: 'x'.repeat(1024 * 1024) } }],
    ['/v1/batch', { batch: [{ note: 'x'.repeat(1024 * 1024) }] }],
  ])('limits the size of %s', async (path, body) => {
    const answer = await api.admin.post(path).send(body);

    expect(answer.status).toBe(413);
  });

  it('refuses a batch without items', async () => {
    const answer = await api.admin.post('/v1/batch').send({ batch: 'none' });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/batch' }] });
  });

  it('is not successful before everything is durable', async () => {
    const away = new DomainError('unavailable', 'MongoDB does not answer');
    const intake = failingIntake(api.deps.intake, away);
    const app = createApp({ ...api.deps, intake, registry: new Registry() });
    const server = await serve(app, { port: 0, host: '127.0.0.1' });

    const answer = await fetch(`http://127.0.0.1:${server.port}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}` },
      body: JSON.stringify({ batch: [{ ...track, type: 'track' }] }),
    });
    await server.close(1_000);

    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
  });
});

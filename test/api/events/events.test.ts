import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../src/api/app';
import { DomainError } from '../../../src/core/domain-error';
import { adminKey, failingIntake, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/journeys/cart').send({
    name: 'Cart recovery',
    stage: 'decision',
    entry: { events: ['Cart Updated'], key: ['properties.cart_id'] },
    exits: [{ events: ['Order Completed'], as: 'converted' }],
    steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
  });
});

afterAll(() => api.close());

const cart = (id: string, userId: string) => ({
  id,
  name: 'Cart Updated',
  contact: { userId },
  occurredAt: '2026-03-02T09:59:00+01:00',
  properties: { cart_id: 'c1' },
});

describe('an event', () => {
  it('is answered with the enrollment it opens', async () => {
    const answer = await api.admin.post('/v1/events').send(cart('opens', 'ada'));

    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      results: [
        {
          id: 'opens',
          status: 'accepted',
          enrollments: [{ effect: 'entered' }],
          refusals: [],
        },
      ],
    });
  });

  it('is answered with the reason of a refusal', async () => {
    const { properties: _properties, ...keyless } = cart('keyless', 'ada');

    const answer = await api.admin.post('/v1/events').send(keyless);

    expect(answer.body).toMatchObject({
      results: [{ status: 'accepted', refusals: [{ journey: 'cart', reason: 'no-key' }] }],
    });
    await api.deps.intake.drain();
    const refusals = await api.admin.get('/v1/refusals');
    expect(refusals.body).toMatchObject({ data: [{ journey: 'cart', reason: 'no-key' }] });
  });

  it('is a duplicate the second time, and a conflict with other content', async () => {
    await api.admin.post('/v1/events').send(cart('again', 'bea'));

    const repeat = await api.admin.post('/v1/events').send(cart('again', 'bea'));
    const other = await api.admin
      .post('/v1/events')
      .send({ ...cart('again', 'bea'), name: 'Other' });

    expect(repeat.status).toBe(202);
    expect(repeat.body).toMatchObject({ results: [{ id: 'again', status: 'duplicate' }] });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ type: 'urn:itinera:problem:conflict' });
  });

  it('tells what became of it, by its id and by our key', async () => {
    await api.admin.post('/v1/events').send(cart('became', 'cyd'));
    await api.deps.intake.drain();

    const byId = await api.admin.get('/v1/events/became');
    const { key } = byId.body as { key: string };
    const byKey = await api.admin.get(`/v1/events/${key}`);

    expect(byId.body).toMatchObject({
      id: 'became',
      name: 'Cart Updated',
      occurredAt: '2026-03-02T08:59:00.000Z',
      receivedAt: '2026-03-02T09:00:00.000Z',
      status: 'delivered',
      targets: [{ effect: 'entered', at: '2026-03-02T09:00:00.000Z' }],
    });
    expect(byKey.body).toEqual(byId.body);
  });

  it('lives in engine time', async () => {
    const engineTimeOf = (realMs: number) => realMs + 3_600_000;
    const clock = { ...api.deps.clock, engineTimeOf };
    const app = createApp({ ...api.deps, clock, registry: new Registry() });

    await supertest(app).post('/v1/events').auth(adminKey, '').send(cart('engine', 'dot'));

    const event = await api.admin.get('/v1/events/engine');
    expect(event.body).toMatchObject({ occurredAt: '2026-03-02T09:59:00.000Z' });
  });
});

describe('a batch of events', () => {
  it('rejects its items one by one', async () => {
    await api.admin.post('/v1/events').send(cart('taken', 'eve'));
    const events = [
      cart('good', 'eve'),
      { ...cart('bad', 'eve'), contact: {} },
      { ...cart('taken', 'eve'), name: 'Other' },
      { ...cart('unknown', 'eve'), contact: { id: 'caaaaaaaaaaaaaaaa' } },
      'no event',
    ];

    const answer = await api.admin.post('/v1/events').send({ events });

    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      results: [
        { id: 'good', status: 'accepted' },
        {
          id: 'bad',
          status: 'rejected',
          error: { code: 'invalid', errors: [{ pointer: '/events/1/contact' }] },
        },
        { id: 'taken', status: 'rejected', error: { code: 'conflict' } },
        { id: 'unknown', status: 'rejected', error: { code: 'not-found' } },
        { status: 'rejected', error: { errors: [{ pointer: '/events/4', code: 'wrong-type' }] } },
      ],
    });
  });

  it('keeps the order of one contact', async () => {
    const events = [
      cart('first', 'fay'),
      { id: 'second', name: 'Order Completed', contact: { userId: 'fay' } },
    ];

    const answer = await api.admin.post('/v1/events').send({ events });

    expect(answer.body).toMatchObject({
      results: [
        { enrollments: [{ effect: 'entered' }] },
        { id: 'second', enrollments: [{}], refusals: [] },
      ],
    });
  });

  it.each([
    [{ events: [] }, '/events'],
    [{ events: Array.from({ length: 501 }, (_, n) => cart(`n${n}`, 'gil')) }, '/events'],
    [{ events: [cart('a', 'gil')], source: 'shop' }, '/source'],
  ])('is refused whole where its envelope is wrong', async (body, pointer) => {
    const answer = await api.admin.post('/v1/events').send(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });
});

describe('an answer', () => {
  const failing = (error: Error) => {
    const intake = failingIntake(api.deps.intake, error);
    const app = createApp({ ...api.deps, intake, registry: new Registry() });
    return supertest(app).post('/v1/events').auth(adminKey, '');
  };

  it('asks to come back while MongoDB is away, for a batch as a whole', async () => {
    const away = new DomainError('unavailable', 'MongoDB does not answer; try again.');

    const single = await failing(away).send(cart('x', 'ada'));
    const batch = await failing(away).send({ events: [cart('x', 'ada'), { name: 'bad' }] });

    expect([single.status, batch.status]).toEqual([503, 503]);
    expect(single.headers['retry-after']).toBe('2');
    expect(single.type).toBe('application/problem+json');
  });

  it('tells nothing of what failed inside', async () => {
    const answer = await failing(new Error('secret detail')).send(cart('x', 'ada'));

    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret detail');
    expect(answer.body).toMatchObject({ instance: answer.headers['x-request-id'] });
  });

  it('carries the request id of the client where it is sane, else a new one', async () => {
    const given = await api.admin.get('/livez').set('X-Request-Id', 'abc-1');
    const odd = await api.admin.get('/livez').set('X-Request-Id', 'a b<script>');

    expect(given.headers['x-request-id']).toBe('abc-1');
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not say what it is made with', async () => {
    const answer = await api.admin.get('/livez');

    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
});

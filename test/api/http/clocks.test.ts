import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../src/api/app';
import { adminKey, clockAhead, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/journeys/cart').send({
    name: 'Cart recovery',
    stage: 'decision',
    entry: { events: ['Cart Updated'] },
    exits: [{ events: ['Order Completed'], as: 'converted' }],
    steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
  });
});

afterAll(() => api.close());

const tooOld = '2025-01-25T09:00:00Z';
const tooFarAhead = '2026-03-02T09:05:01Z';
const send = (event: object) => api.admin.post('/v1/events').send(event);
const cart = { name: 'Cart Updated' };
const order = { name: 'Order Completed' };

describe('an event with a time that cannot be meant', () => {
  it.each([
    ['too-old', tooOld, 'ada'],
    ['too-far-ahead', tooFarAhead, 'bea'],
  ])('is recorded as %s, starts nothing and says so', async (because, occurredAt, userId) => {
    const answer = await send({ ...cart, id: because, contact: { userId }, occurredAt });
    await api.deps.intake.drain();

    const recorded = await api.admin.get(`/v1/events/${because}`);
    const enrollments = await api.admin.get(`/v1/enrollments?contact=${userId}`);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      results: [{ id: because, status: 'accepted', enrollments: [], refusals: [], because }],
    });
    expect(recorded.body).toMatchObject({ status: 'delivered', because, targets: [] });
    expect(enrollments.body).toEqual({ data: [] });
  });

  it('is the same duplicate again', async () => {
    const event = { ...cart, id: 'again', contact: { userId: 'cyd' }, occurredAt: tooFarAhead };
    await send(event);

    const repeat = await send(event);

    expect(repeat.body).toMatchObject({
      results: [{ status: 'duplicate', because: 'too-far-ahead' }],
    });
  });

  it('is not heard by an open enrollment', async () => {
    const contact = { userId: 'dot' };
    await send({ ...cart, contact });
    await send({ ...order, contact, occurredAt: tooFarAhead });
    await api.deps.intake.drain();

    const enrollments = await api.admin.get('/v1/enrollments?contact=dot');

    expect(enrollments.body).toMatchObject({ data: [{ status: 'open' }] });
  });

  it('is not heard by an enrollment that comes later', async () => {
    const contact = { userId: 'eve' };
    await send({ ...order, contact, occurredAt: tooFarAhead });

    const answer = await send({ ...cart, contact });

    expect(answer.body).toMatchObject({ results: [{ enrollments: [{ effect: 'entered' }] }] });
  });

  it('is no error to a Segment client', async () => {
    const track = { event: 'Cart Updated', userId: 'fay', messageId: 'old', timestamp: tooOld };

    const answer = await api.admin.post('/v1/track').send(track);

    const recorded = await api.admin.get('/v1/events/old');
    expect(answer.body).toEqual({ success: true });
    expect(recorded.body).toMatchObject({ because: 'too-old' });
  });
});

describe('an event with a time a little ahead', () => {
  it('happened on its receipt, and its repeat is a duplicate though time has gone on', async () => {
    const event = {
      ...cart,
      id: 'ahead',
      contact: { userId: 'gil' },
      occurredAt: '2026-03-02T09:04:00Z',
    };
    await send(event);
    const clock = clockAhead(api, 60_000);
    const later = createApp({ ...api.deps, clock, registry: new Registry() });

    const repeat = await supertest(later).post('/v1/events').auth(adminKey, '').send(event);

    const recorded = await api.admin.get('/v1/events/ahead');
    expect(repeat.body).toMatchObject({ results: [{ status: 'duplicate' }] });
    expect(recorded.body).toMatchObject({ occurredAt: '2026-03-02T09:00:00.000Z' });
  });
});

describe('an event that says when it was sent', () => {
  it('happened as long before its receipt', async () => {
    await send({
      ...cart,
      id: 'sent',
      contact: { userId: 'hal' },
      occurredAt: '2031-01-01T00:00:00Z',
      sentAt: '2031-01-01T00:00:30Z',
    });

    const recorded = await api.admin.get('/v1/events/sent');

    expect(recorded.body).toMatchObject({ occurredAt: '2026-03-02T08:59:30.000Z' });
  });
});

import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../src/api/app';
import { testContext } from '../../support/context';
import { fakeTemporal } from '../../support/intake';
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
const anHourAhead = '2026-03-02T10:00:00Z';
const send = (event: object) => api.admin.post('/v1/events').send(event);
const cart = { name: 'Cart Updated' };
const order = { name: 'Order Completed' };

describe('an event with a time that cannot be meant', () => {
  const recordOf = async (id: string) =>
    (await api.admin.get(`/v1/events/${id}`)).body as Readonly<Record<string, unknown>>;

  it('R33: an order stamped an hour ahead ends the open cart, and the answer says when it counts', async () => {
    const contact = { userId: 'dot' };
    await send({ ...cart, contact });
    const answer = await send({ ...order, id: 'ahead-1', contact, occurredAt: anHourAhead });
    await api.deps.intake.drain();

    const enrollments = await api.admin.get('/v1/enrollments?contact=dot');
    const recorded = await recordOf('ahead-1');
    const restamped = { because: 'too-far-ahead', said: '2026-03-02T10:00:00.000Z' };
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ results: [{ status: 'accepted', restamped }] });
    expect(answer.body).not.toHaveProperty('results.0.because');
    expect(recorded).toMatchObject({ occurredAt: recorded['receivedAt'], restamped });
    expect(enrollments.body).toMatchObject({
      data: [{ status: 'ended', ended: { as: 'converted' } }],
    });
  });

  it.each([
    ['years behind', tooOld, 'too-old', 'ed1'],
    ['of a clock that was never set', '1970-01-01T00:00:00Z', 'unreadable', 'ed2'],
  ])('R33: an order %s ends the open cart', async (_what, occurredAt, because, userId) => {
    await send({ ...cart, contact: { userId } });
    const answer = await send({ ...order, contact: { userId }, occurredAt });
    await api.deps.intake.drain();

    const enrollments = await api.admin.get(`/v1/enrollments?contact=${userId}`);
    expect(answer.body).toMatchObject({ results: [{ restamped: { because } }] });
    expect(enrollments.body).toMatchObject({ data: [{ ended: { as: 'converted' } }] });
  });

  it('R33: an order stamped an hour ahead that overtakes its cart is heard by it', async () => {
    const contact = { userId: 'eve' };
    await send({ ...order, contact, occurredAt: anHourAhead });

    const answer = await send({ ...cart, contact });

    expect(answer.body).toMatchObject({
      results: [{ refusals: [{ reason: 'already-converted' }] }],
    });
  });

  it('R34: a cart stamped an hour ahead enters at its receipt', async () => {
    const event = { ...cart, id: 'ahead-2', contact: { userId: 'bea' }, occurredAt: anHourAhead };
    const answer = await send(event);

    const enrollments = await api.admin.get('/v1/enrollments?contact=bea');
    expect(answer.body).toMatchObject({ results: [{ enrollments: [{ effect: 'entered' }] }] });
    const { receivedAt } = await recordOf('ahead-2');
    expect(enrollments.body).toMatchObject({ data: [{ since: receivedAt }] });
  });

  it('an order stamped ahead is not heard by the cart that comes a day later', async () => {
    const contact = { userId: 'flo' };
    await send({ ...order, contact, occurredAt: '2027-03-02T09:00:00Z' });
    const clock = clockAhead(api, 86_400_000);
    const tomorrow = testContext({ store: api.store, workflows: fakeTemporal(), clock });
    const app = createApp({ ...api.deps, ...tomorrow, registry: new Registry() });

    const answer = await supertest(app)
      .post('/v1/events')
      .auth(adminKey, '')
      .send({ ...cart, contact });

    expect(answer.body).toMatchObject({ results: [{ enrollments: [{ effect: 'entered' }] }] });
  });

  it('a cart from before the bounds starts nothing, and its reason stands on the timeline', async () => {
    const event = { ...cart, id: 'old-cart', contact: { userId: 'ada' }, occurredAt: tooOld };
    const answer = await send(event);
    await api.deps.intake.drain();

    const timeline = await api.admin.get('/v1/contacts/ada/timeline');
    expect(answer.body).toMatchObject({
      results: [{ enrollments: [], refusals: [{ journey: 'cart', reason: 'entry-too-old' }] }],
    });
    expect(JSON.stringify(timeline.body)).toContain('"because":"entry-too-old"');
  });

  it('is the same duplicate again', async () => {
    const event = { ...cart, id: 'again', contact: { userId: 'cyd' }, occurredAt: anHourAhead };
    await send(event);

    const repeat = await send(event);

    expect(repeat.body).toMatchObject({
      results: [{ status: 'duplicate', restamped: { because: 'too-far-ahead' } }],
    });
  });

  it('is no error to a Segment client', async () => {
    const track = { event: 'Order Completed', userId: 'fay', messageId: 'old', timestamp: tooOld };

    const answer = await api.admin.post('/v1/track').send(track);

    const recorded = await api.admin.get('/v1/events/old');
    expect(answer.body).toEqual({ success: true });
    expect(recorded.body).toMatchObject({ restamped: { because: 'too-old' } });
  });
});

describe('an event of an import', () => {
  it('fault 17: starts nothing, and its record says that it is history', async () => {
    const item = { type: 'track', event: 'Cart Updated', userId: 'ida', messageId: 'imported' };

    await api.admin.post('/v1/import').send({ batch: [item] });

    const recorded = await api.admin.get('/v1/events/imported');
    const enrollments = await api.admin.get('/v1/enrollments?contact=ida');
    expect(recorded.body).toMatchObject({ history: true, targets: [] });
    expect(enrollments.body).toEqual({ data: [] });
  });

  it('starts a journey where the import says that it is no history', async () => {
    const item = { type: 'track', event: 'Cart Updated', userId: 'jan', messageId: 'fresh' };

    await api.admin.post('/v1/import').send({ batch: [item], history: false });

    const enrollments = await api.admin.get('/v1/enrollments?contact=jan');
    expect(enrollments.body).toMatchObject({ data: [{ status: 'starting' }] });
  });

  it('ends what is open', async () => {
    const contact = { userId: 'kim' };
    await send({ ...cart, contact });
    await send({ ...order, contact, history: true });
    await api.deps.intake.drain();

    const enrollments = await api.admin.get('/v1/enrollments?contact=kim');
    expect(enrollments.body).toMatchObject({ data: [{ ended: { as: 'converted' } }] });
  });

  it('keeps its own time where that is long ago, and reaches nobody', async () => {
    const event = { ...order, id: 'history', contact: { userId: 'leo' }, occurredAt: tooOld };

    const answer = await send({ ...event, history: true });

    const recorded = await api.admin.get('/v1/events/history');
    expect(answer.body).toMatchObject({ results: [{ because: 'too-old', enrollments: [] }] });
    expect(recorded.body).toMatchObject({ occurredAt: '2025-01-25T09:00:00.000Z' });
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

import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../src/api/app';
import { eventKey, stepId } from '../../../src/core/ids';
import type { Progress } from '../../../src/core/enrollments/progress';
import { adminKey, now, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/journeys/review').send({
    name: 'Review request',
    stage: 'advocacy',
    entry: { key: ['properties.order_id'] },
    exits: [{ events: ['Review Submitted'], as: 'reviewed' }],
    steps: [
      { id: 'reviewed', kind: 'waitFor', events: [{ names: ['Order Opened'] }], timeout: 'PT2H' },
    ],
  });
});

afterAll(() => api.close());

const enroll = (userId: string, key: string) =>
  api.admin.post('/v1/journeys/review/enrollments').send({ contact: { userId }, key });

describe('an enrollment', () => {
  it('is started by the API', async () => {
    const answer = await enroll('ada', 'o1');

    const { id, contactId } = answer.body as { id: string; contactId: string };
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      journey: 'review',
      version: 1,
      key: 'o1',
      step: 'reviewed',
      since: '2026-03-02T09:00:00.000Z',
      links: {
        self: `/v1/enrollments/${id}`,
        timeline: `/v1/enrollments/${id}/timeline`,
        temporal: `/namespaces/default/workflows/${id}`,
      },
    });
    expect(id).toContain(`review.${contactId}.`);
  });

  it('is the same under the same key', async () => {
    const first = await enroll('bea', 'o1');
    const again = await enroll('bea', 'o1');

    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ id: (first.body as { id: string }).id });
  });

  it('attack 12: starts though a client has used the id of its event', async () => {
    const taken = { id: 'enroll:free', name: 'Taken', contact: { userId: 'zoe' } };
    await api.admin.post('/v1/events').send(taken).expect(202);

    const answer = await enroll('zoe', 'o1').set('Idempotency-Key', 'free');

    expect(answer.status).toBe(201);
  });

  it('is started once by one Idempotency-Key, quoted or not', async () => {
    const first = await enroll('cyd', 'o1').set('Idempotency-Key', '"once"');
    const again = await enroll('cyd', 'o1').set('Idempotency-Key', 'once');
    const other = await enroll('cyd', 'o2').set('Idempotency-Key', 'once');

    expect(again.body).toMatchObject({ id: (first.body as { id: string }).id });
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({ errors: [{ code: 'reused-key' }] });
  });

  it('is refused with the reason', async () => {
    const answer = await api.admin
      .post('/v1/journeys/review/enrollments')
      .send({ contact: { userId: 'dot' } });

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ errors: [{ code: 'no-key' }] });
  });

  it('says what it awaits while its workflow answers', async () => {
    const created = await enroll('eve', 'o1');
    const { id } = created.body as { id: string };
    const until = now + 7_200_000;
    const workflows = { ...api.deps.workflows, progressOf: () => Promise.resolve(standing(until)) };
    const app = createApp({ ...api.deps, workflows, registry: new Registry() });

    const asked = await supertest(app).get(`/v1/enrollments/${id}`).auth(adminKey, '');
    const unreachable = await api.admin.get(`/v1/enrollments/${id}`);

    expect(asked.body).toMatchObject({
      step: 'reviewed',
      awaiting: { until: '2026-03-02T11:00:00.000Z', events: ['Order Opened'] },
    });
    expect(unreachable.status).toBe(200);
    expect(unreachable.body).not.toHaveProperty('awaiting');
  });

  it('says how it ended', async () => {
    const created = await enroll('fay', 'o1');
    const { id } = created.body as { id: string };
    await api.admin
      .post('/v1/events')
      .send({ name: 'Review Submitted', contact: { userId: 'fay' } });
    await api.deps.intake.drain();

    const answer = await api.admin.get(`/v1/enrollments/${id}`);

    expect(answer.body).toMatchObject({
      status: 'ended',
      ended: { as: 'reviewed', because: 'exit-event', at: '2026-03-02T09:00:00.000Z' },
    });
  });

  it('tells why, oldest first', async () => {
    const created = await enroll('gil', 'o1');
    const { id } = created.body as { id: string };
    await api.deps.intake.drain();

    const answer = await api.admin.get(`/v1/enrollments/${id}/timeline`);

    expect(answer.body).toMatchObject({
      data: [{ at: '2026-03-02T09:00:00.000Z', kind: 'entered', journey: 'review' }],
    });
  });
});

describe('the list of enrollments', () => {
  beforeAll(async () => {
    await enroll('hal', 'h1');
    await enroll('hal', 'h2');
    await enroll('hal', 'h3');
  });

  it.each([
    ['contact=hal', 3],
    ['contact=hal&key=h2', 1],
    ['contact=hal&status=ended', 0],
    ['contact=hal&step=reviewed', 3],
    ['contact=hal&journey=welcome', 0],
    ['contact=nobody', 0],
  ])('is filtered by %s', async (query, length) => {
    await api.deps.intake.drain();

    const answer = await api.admin.get(`/v1/enrollments?${query}`);

    expect(answer.body).toHaveProperty('data.length', length);
  });

  it('fault 24: asks whose a step is, since two journeys may have one of that name', async () => {
    const alone = await api.admin.get('/v1/enrollments?step=reviewed');
    const named = await api.admin.get('/v1/enrollments?step=reviewed&journey=review');

    expect(alone).toMatchObject({ status: 422, body: { errors: [{ pointer: '/query/step' }] } });
    expect(named.status).toBe(200);
  });

  it('goes on by its cursor until the end', async () => {
    const first = await api.admin.get('/v1/enrollments?contact=hal&limit=2');
    const { nextCursor } = first.body as { nextCursor: string };
    const last = await api.admin.get(`/v1/enrollments?contact=hal&limit=2&cursor=${nextCursor}`);

    expect(first.body).toHaveProperty('data.length', 2);
    expect(last.body).toHaveProperty('data.length', 1);
    expect(last.body).not.toHaveProperty('nextCursor');
  });

  it('refuses a cursor that is not ours', async () => {
    const answer = await api.admin.get('/v1/enrollments?cursor=bm9uc2Vuc2U');

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('start without a cursor');
  });
});

function standing(until: number): Progress {
  return {
    entry: { event: eventKey('e1'), name: 'Enrollment Requested', occurredAt: now, properties: {} },
    firstEntryAt: now,
    openedAt: now,
    position: {
      kind: 'waiting',
      step: stepId('reviewed'),
      visit: 1,
      since: now,
      previousSince: now,
      deadline: { kind: 'exact', began: now, from: now, until },
    },
    visits: {},
    heard: [],
    notes: [],
    nextNote: 1,
  };
}

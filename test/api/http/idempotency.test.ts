import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../src/api/app';
import type { Intake } from '../../../src/intake/intake';
import { DomainError } from '../../../src/core/domain-error';
import { adminKey, clockAhead, openTestApi, otherKey, type TestApi } from '../test-api';

let api: TestApi;
const day = 86_400_000;
const path = '/v1/journeys/review/enrollments';
const journey = {
  name: 'Review request',
  stage: 'advocacy',
  entry: { key: ['properties.order_id'] },
  steps: [{ id: 'pause', kind: 'wait', for: 'PT2H' }],
};

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/journeys/review').send(journey);
  await api.as(otherKey).put('/v1/journeys/review').send(journey);
});

afterAll(() => api.close());

const body = (userId: string) => ({ contact: { userId }, key: 'o1' });
const enroll = (userId: string, key: string) =>
  api.admin.post(path).set('Idempotency-Key', key).send(body(userId));
const withDeps = (changed: Partial<TestApi['deps']>) =>
  supertest(createApp({ ...api.deps, ...changed, registry: new Registry() }));

describe('an Idempotency-Key', () => {
  it('gives the stored answer again, though the enrollment has moved on', async () => {
    const first = await enroll('ada', 'k1');
    await api.deps.intake.drain();

    const again = await enroll('ada', 'k1');

    expect(first.status).toBe(201);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
  });

  it('asks to come back while the first request runs', async () => {
    const began = aSignal();
    const mayEnd = aSignal();
    const enrollSlowly: Intake['enroll'] = async (...given) => {
      began.give();
      await mayEnd.given;
      return api.deps.intake.enroll(...given);
    };
    const first = withDeps({ intake: { ...api.deps.intake, enroll: enrollSlowly } })
      .post(path)
      .auth(adminKey, '')
      .set('Idempotency-Key', 'k2')
      .send(body('bea'))
      .then((answer) => answer);
    await began.given;

    const meanwhile = await enroll('bea', 'k2');
    mayEnd.give();

    expect(meanwhile.status).toBe(409);
    expect(meanwhile.headers).toMatchObject({ 'retry-after': '1' });
    expect((await first).status).toBe(201);
  });

  it('is not lent to another body', async () => {
    await enroll('cyd', 'k3');

    const other = await enroll('dot', 'k3');

    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({
      errors: [{ pointer: '/header/idempotency-key', code: 'reused-key' }],
    });
  });

  it('does not start twice after the stored answer has gone', async () => {
    const first = await enroll('eve', 'k4');
    const tomorrow = withDeps({ clock: clockAhead(api, day) });

    const again = await tomorrow
      .post(path)
      .auth(adminKey, '')
      .set('Idempotency-Key', 'k4')
      .send(body('eve'));
    const other = await withDeps({ clock: clockAhead(api, 2 * day) })
      .post(path)
      .auth(adminKey, '')
      .set('Idempotency-Key', 'k4')
      .send(body('fay'));

    const enrollments = await api.admin.get('/v1/enrollments?contact=eve');
    expect(again.body).toMatchObject({ id: (first.body as { id: string }).id });
    expect(again.headers).not.toHaveProperty('idempotent-replayed');
    expect(other.status).toBe(422);
    expect(enrollments.body).toHaveProperty('data.length', 1);
  });

  it('is free again after a failure', async () => {
    const away = new DomainError('unavailable', 'MongoDB does not answer; try again.');
    const intake = { ...api.deps.intake, enroll: () => Promise.reject(away) };
    const failed = await withDeps({ intake })
      .post(path)
      .auth(adminKey, '')
      .set('Idempotency-Key', 'k5')
      .send(body('gil'));

    const again = await enroll('gil', 'k5');

    expect([failed.status, again.status]).toEqual([503, 201]);
  });

  it('is free again after a request that was not valid', async () => {
    const invalid = await api.admin.post(path).set('Idempotency-Key', 'k6').send({ contact: {} });

    const again = await enroll('hal', 'k6');

    expect([invalid.status, again.status]).toEqual([400, 201]);
  });

  it('belongs to its workspace', async () => {
    await enroll('ian', 'k7');

    const other = await api.as(otherKey).post(path).set('Idempotency-Key', 'k7').send(body('joy'));

    expect(other.status).toBe(201);
  });

  it('is refused where it is too long', async () => {
    const answer = await enroll('kim', 'k'.repeat(201));

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/header/idempotency-key' }] });
  });

  it('is described where it is taken', async () => {
    const document = await api.anonymous.get('/openapi.json');

    const { paths } = document.body as { paths: Record<string, { post: object }> };
    expect(paths['/v1/journeys/{journeyId}/enrollments']?.post).toMatchObject({
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'idempotency-key', in: 'header', required: false }),
      ]) as unknown,
    });
  });
});

function aSignal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return {
    given,
    give: () => {
      give();
    },
  };
}

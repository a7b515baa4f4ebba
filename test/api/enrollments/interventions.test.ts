import { hashOf } from '../../../src/api/http/access/authentication';
import { enrollmentId, workspaceId } from '../../../src/core/ids';
import { aKey } from '../../store/builders';
import { openTestApi, type TestApi } from '../test-api';

const reason = 'She asked for it on the phone';
let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  const template = { channel: 'email', defaultLocale: 'en' };
  const locales = { en: { subject: 'Hello', html: '<p>Hello</p>' } };
  await api.admin.put('/v1/templates/hello').send({ ...template, locales });
  const journey = { name: 'Nurture', stage: 'decision', entry: { key: ['properties.key'] } };
  const send = { id: 'greet', kind: 'send', template: 'hello', purpose: 'service' };
  const pause = { id: 'pause', kind: 'wait', for: 'PT1H' };
  const exits = [{ events: ['Order Completed'], as: 'converted' }];
  await api.admin.put('/v1/journeys/waiting').send({ ...journey, exits, steps: [pause, send] });
  await api.admin.put('/v1/journeys/sending').send({ ...journey, steps: [send] });
  await api.store.keys.put(
    aKey(hashOf('key-of-the-desk'), {
      workspace: workspaceId('default'),
      name: 'support desk',
      scopes: ['ops:write'],
    }),
  );
});

afterAll(() => api.close());

async function enrolled(userId: string, journey = 'waiting'): Promise<string> {
  const request = { contact: { userId }, key: 'k' };
  const answer = await api.admin.post(`/v1/journeys/${journey}/enrollments`).send(request);
  await api.deps.intake.drain();
  return `/v1/enrollments/${(answer.body as { id: string }).id}`;
}

const desk = () => api.as('key-of-the-desk');
const decisionsOf = async (url: string) => {
  await api.deps.intake.drain();
  const answer = await api.admin.get(`${url}/timeline`);
  return (answer.body as { data: readonly object[] }).data;
};

describe('the exit of an enrollment', () => {
  it('is accepted, and the enrollment has ended', async () => {
    const url = await enrolled('ada');

    const answer = await api.admin.post(`${url}/exit`).send({ reason });

    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      status: 'ended',
      ended: { as: 'stopped', because: 'operator', at: '2026-03-02T09:00:00.000Z' },
      links: { self: url },
    });
  });

  it('stands in the timeline with the name of the key and the reason', async () => {
    const url = await enrolled('bea');

    await desk().post(`${url}/exit`).send({ reason });

    const decisions = await decisionsOf(url);
    expect(decisions).toContainEqual(
      expect.objectContaining({
        kind: 'intervened',
        because: 'operator',
        facts: { action: 'exit', by: 'support desk', reason },
      }),
    );
    expect(decisions).toContainEqual(
      expect.objectContaining({ kind: 'ended', because: 'operator' }),
    );
  });

  it('calls the key of the environment bootstrap', async () => {
    const url = await enrolled('cyd');

    await api.admin.post(`${url}/exit`).send({ reason });

    expect(await decisionsOf(url)).toContainEqual(
      expect.objectContaining({ facts: { action: 'exit', by: 'bootstrap', reason } }),
    );
  });

  it('is refused a second time, with what it has ended as', async () => {
    const url = await enrolled('dot');
    await api.admin.post('/v1/events').send({
      name: 'Order Completed',
      contact: { userId: 'dot' },
    });
    await api.deps.intake.drain();

    const answer = await api.admin.post(`${url}/exit`).send({ reason });

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining('has ended as converted (exit-event)') as string,
    });
  });

  it('is one exit under one Idempotency-Key, also when the stored answer has gone', async () => {
    const url = await enrolled('eve');
    const enrollment = enrollmentId(url.split('/').at(-1) ?? '');
    const again = { enrollment, by: 'bootstrap', reason, requestId: 'once' };
    const ask = () => api.admin.post(`${url}/exit`).set('Idempotency-Key', 'once').send({ reason });
    await ask();

    const repeated = await ask();
    const later = await api.deps.intake.ask(workspaceId('default'), 'exit', again);

    expect(repeated.status).toBe(202);
    expect(repeated.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(later).toEqual({ kind: 'accepted' });
    expect(await decisionsOf(url)).toHaveLength(3);
  });
});

describe('the skip of a wait', () => {
  it('is accepted and stands in the timeline', async () => {
    const url = await enrolled('fay');

    const answer = await desk().post(`${url}/skip-wait`).send({ reason });

    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ status: 'open', step: 'pause' });
    expect(await decisionsOf(url)).toContainEqual(
      expect.objectContaining({
        kind: 'intervened',
        facts: { action: 'skip-wait', by: 'support desk', reason },
      }),
    );
  });

  it('is refused where there is no wait', async () => {
    const url = await enrolled('gil', 'sending');

    const answer = await api.admin.post(`${url}/skip-wait`).send({ reason });

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining('does not stand at a wait') as string,
    });
  });

  it('is refused after the end', async () => {
    const url = await enrolled('hal');
    await api.admin.post(`${url}/exit`).send({ reason });

    const answer = await api.admin.post(`${url}/skip-wait`).send({ reason });

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining('has ended as stopped (operator)') as string,
    });
  });
});

describe.each(['exit', 'skip-wait'])('%s', (action) => {
  it('knows no enrollment that there is not', async () => {
    const answer = await api.admin.post(`/v1/enrollments/nobody/${action}`).send({ reason });

    expect(answer.status).toBe(404);
  });

  it.each([
    [{}, '/reason'],
    [{ reason: '' }, '/reason'],
    [{ reason: 'x'.repeat(501) }, '/reason'],
    [{ reason: 7 }, '/reason'],
    [{ reason, step: 'greet' }, '/step'],
  ])('refuses the body %j', async (body, pointer) => {
    const answer = await api.admin.post(`/v1/enrollments/nobody/${action}`).send(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it('is for operators only', async () => {
    await api.store.keys.put(
      aKey(hashOf('a-shop'), {
        workspace: workspaceId('default'),
        name: 'shop',
        scopes: ['events:write', 'journeys:write', 'journeys:read'],
      }),
    );

    const answer = await api.as('a-shop').post(`/v1/enrollments/nobody/${action}`).send({ reason });

    expect(answer.status).toBe(403);
  });
});

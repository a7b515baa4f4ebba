import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../src/api/app';
import { DomainError } from '../../../src/core/domain-error';
import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const away = new DomainError('unavailable', 'away');

describe('health', () => {
  it('is alive', async () => {
    const answer = await api.anonymous.get('/livez');

    expect(answer.body).toEqual({ status: 'alive' });
  });

  it('is ready with MongoDB and Temporal', async () => {
    const answer = await api.anonymous.get('/readyz');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ status: 'ready', mongodb: 'up', temporal: 'up' });
  });

  it('is ready without Temporal', async () => {
    const workflows = { ...api.deps.workflows, isReachable: () => Promise.resolve(false) };
    const app = createApp({ ...api.deps, workflows, registry: new Registry() });

    const answer = await supertest(app).get('/readyz');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ status: 'ready', mongodb: 'up', temporal: 'down' });
  });

  it('says that it is about to end', async () => {
    const app = createApp({ ...api.deps, isDraining: () => true, registry: new Registry() });

    const answer = await supertest(app).get('/readyz');

    expect(answer.status).toBe(503);
    expect(answer.body).toEqual({ status: 'draining', mongodb: 'up', temporal: 'up' });
  });

  it('is not ready without MongoDB', async () => {
    const store = { ...api.store, ping: () => Promise.reject(away) };
    const app = createApp({ ...api.deps, store, registry: new Registry() });

    const answer = await supertest(app).get('/readyz');

    expect(answer.status).toBe(503);
    expect(answer.body).toEqual({ status: 'not-ready', mongodb: 'down', temporal: 'up' });
  });

  it('asks MongoDB once a second, however often it is asked', async () => {
    let asked = 0;
    const ping = () => {
      asked += 1;
      return api.store.ping();
    };
    const store = { ...api.store, ping };
    const client = supertest(createApp({ ...api.deps, store, registry: new Registry() }));

    for (let n = 0; n < 20; n += 1) await client.get('/readyz');

    expect(asked).toBeLessThan(20);
  });

  it('keeps its metrics for a port of their own', async () => {
    expect((await api.anonymous.get('/metrics')).status).toBe(404);
  });

  it('counts answers under the pattern of their route, never under the path', async () => {
    await api.admin.get('/v1/contacts/ada@example.com');

    const metrics = await api.deps.registry.metrics();

    expect(metrics).toContain(
      'itinera_http_request_duration_seconds_count{method="GET",route="/v1/contacts/{ref}",status="404"} 1',
    );
    expect(metrics).not.toContain('ada@example.com');
  });
});

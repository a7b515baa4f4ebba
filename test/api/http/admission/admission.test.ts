import { once } from 'node:events';
import { connect } from 'node:net';
import { Registry } from 'prom-client';
import supertest from 'supertest';
import { bounds } from '../../../../src/api/http/admission/admission';
import { concurrency } from '../../../../src/api/http/admission/concurrency';
import { countShed, showLoad } from '../../../../src/api/http/admission/metrics';
import { createApp } from '../../../../src/api/app';
import { countReceipts } from '../../../../src/api/events/count-receipts';
import { serve } from '../../../../src/api/http/server';
import { DomainError } from '../../../../src/core/domain-error';
import { openDoor } from '../../../support/admission';
import { adminKey, openTestApi, otherKey, type TestApi } from '../../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

type Given = Parameters<typeof openDoor>[0];

/** The same API under other circumstances. */
function under(given: Given, inFlight = 0, changed: Partial<TestApi['deps']> = {}) {
  const registry = new Registry();
  const admission = openDoor({
    rate: { perSecond: 1, burst: 100 },
    onShed: countShed(registry),
    ...given,
  });
  const never = () => new Promise<void>(() => undefined);
  Array.from({ length: inFlight }, () => void admission.during('rest', never));
  showLoad(registry, {
    backlog: () => ({ pending: 5, dead: 2, ageMs: 1_500 }),
    ...admission,
  });
  const intake = countReceipts(api.deps.intake, registry);
  const app = createApp({ ...api.deps, intake, admission, registry, ...changed });
  const client = supertest.agent(app).set('Authorization', `Bearer ${adminKey}`);
  return Object.assign(client, { app, admission, metrics: () => registry.metrics() });
}

const event = (id: string) => ({ id, name: 'A', contact: { userId: 'ada' } });
const late = bounds.rest.loopDelayMs + 1;
const veryLate = bounds.events.loopDelayMs + 1;

describe('an api that cannot keep up', () => {
  it.each([
    ['nobody', { loopDelayMs: () => bounds.rest.loopDelayMs }, 0, [202, 200, 404]],
    ['reads, by a late event loop', { loopDelayMs: () => late }, 0, [202, 503, 404]],
    ['events too, by a very late one', { loopDelayMs: () => veryLate }, 0, [503, 503, 404]],
    ['reads, by what is under way', {}, concurrency.most * bounds.rest.share, [202, 503, 404]],
    ['events too, by much more', {}, concurrency.most, [503, 503, 404]],
    ['events, by what waits', { isBacklogOver: () => true }, 0, [503, 200, 404]],
  ])('turns away %s, and never who unsubscribes', async (_what, given, inFlight, statuses) => {
    const client = under(given, inFlight);

    const answers = [
      await client.post('/v1/events').send(event('one')),
      await client.get('/v1/journeys'),
      await client.post('/u/unknown'),
    ];

    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });

  it('says when to come back, and reads nothing of the body', async () => {
    const client = under({ loopDelayMs: () => veryLate });

    const answer = await client
      .post('/v1/events')
      .set('Content-Type', 'application/json')
      .send('{ this is not JSON');

    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '2' });
    expect(answer.body).toMatchObject({ type: 'urn:itinera:problem:unavailable' });
  });

  it('counts a request as under way until it is answered', async () => {
    const client = under({}, concurrency.most * bounds.rest.share - 1);

    const statuses = [
      (await client.get('/v1/journeys')).status,
      (await client.get('/v1/journeys')).status,
    ];

    expect(statuses).toEqual([200, 200]);
  });
});

describe('work without a key', () => {
  const anonymousPlaces = concurrency.most * bounds.anonymous.share;
  const never = () => new Promise<void>(() => undefined);

  it('never takes the room of work with a key', async () => {
    const client = under({});
    for (let n = 0; n < concurrency.most; n += 1) void client.admission.during('anonymous', never);

    const answers = [await client.get('/readyz'), await client.post('/v1/events').send(event('x'))];

    expect(answers.map(({ status }) => status)).toEqual([503, 202]);
  });

  it('has room of its own beside work with a key', async () => {
    const client = under({}, concurrency.most);
    for (let n = 1; n < anonymousPlaces; n += 1) void client.admission.during('anonymous', never);

    expect((await client.get('/openapi.json')).status).toBe(200);
  });

  it('is turned away by a late event loop, but for /livez', async () => {
    const client = under({ loopDelayMs: () => late });

    const paths = ['/livez', '/readyz', '/openapi.json'];
    const answers = await Promise.all(paths.map((path) => client.get(path)));

    expect(answers.map(({ status }) => status)).toEqual([200, 503, 503]);
  });
});

describe('an api whose store takes too long', () => {
  it('lets fewer requests in', async () => {
    const away = new DomainError('unavailable', 'MongoDB does not answer; try again.');
    const store = {
      ...api.store,
      journeys: { ...api.store.journeys, list: () => Promise.reject(away) },
    };
    const client = under({}, 0, { store });

    await client.get('/v1/journeys');
    const text = await client.metrics();

    expect(text).toContain('itinera_http_concurrency_limit 280');
  });
});

/** Begins a request whose body never comes. `admitted` resolves once the api asks for the body. */
function beginBody(port: number, key: string) {
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n');
  socket.write(
    `Authorization: Bearer ${key}\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n`,
  );
  return { socket, admitted: once(socket, 'data') };
}

describe('an API key', () => {
  it('is told what it may', async () => {
    const client = under({ rate: { perSecond: 10, burst: 20 } });

    const answer = await client.get('/v1/journeys');

    expect(answer.headers).toMatchObject({
      'ratelimit-policy': '"key";q=20;w=2',
      ratelimit: '"key";r=19;t=1',
    });
  });

  it('is asked to slow down, apart from every other', async () => {
    const client = under({ rate: { perSecond: 0.5, burst: 1 } });
    await client.get('/v1/journeys');

    const answer = await client.get('/v1/journeys');
    const other = await client.get('/v1/journeys').set('Authorization', `Bearer ${otherKey}`);

    expect(answer.status).toBe(429);
    expect(answer.headers).toMatchObject({ 'retry-after': '2', ratelimit: '"key";r=0;t=2' });
    expect(answer.body).toMatchObject({ type: 'urn:itinera:problem:too-many-requests' });
    expect(other.status).toBe(200);
  });

  it('attack 5: is asked to slow down after a large body, by its size', async () => {
    const client = under({ rate: { perSecond: 1, burst: 100 } });
    const properties = { note: 'x'.repeat(60 * 1_024) };

    const taken = await client.post('/v1/events').send({ ...event('large'), properties });
    const next = await client.get('/v1/journeys');

    expect(taken.status).toBe(202);
    expect(next.headers).toMatchObject({ ratelimit: '"key";r=38;t=62' });
  });

  it('holds a quarter of the places at most, while its bodies are on their way too', async () => {
    const client = under({});
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
    const client = under({});

    const answer = await client.get('/v1/journeys').set('Authorization', 'Bearer unknown');

    expect(answer.status).toBe(401);
    expect(answer.headers).not.toHaveProperty('ratelimit');
  });
});

describe('the metrics', () => {
  it('show the backlog, what is under way, what was turned away and what came twice', async () => {
    const client = under({ rate: { perSecond: 1, burst: 4 } }, 3);
    await client.post('/v1/events').send(event('twice'));
    await client.post('/v1/events').send(event('twice'));
    await client.post('/v1/events').send({ ...event('twice'), name: 'B' });
    await client.get('/v1/journeys');
    await client.get('/v1/journeys');

    const text = await client.metrics();

    expect(text).toContain('itinera_events_pending 5');
    expect(text).toContain('itinera_events_pending_age_seconds 1.5');
    expect(text).toContain('itinera_events_dead 2');
    expect(text).toContain('itinera_http_requests_in_flight 3');
    expect(text).toContain('itinera_http_requests_shed_total{because="rate"} 1');
    expect(text).toContain('itinera_events_received_total{answer="accepted"} 1');
    expect(text).toContain('itinera_events_received_total{answer="duplicate"} 1');
    expect(text).toContain('itinera_events_received_total{answer="conflict"} 1');
  });
});

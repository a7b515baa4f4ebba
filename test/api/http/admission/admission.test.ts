import { bounds } from '../../../../src/api/http/admission/admission';
import { concurrency } from '../../../../src/api/http/admission/concurrency';
import { DomainError } from '../../../../src/core/domain-error';
import { keyRate } from '../../../support/admission';
import { openTestApi, type TestApi } from '../../test-api';
import { apiUnder, event } from './api-under';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

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
    const client = apiUnder(api, given, { inFlight });

    const answers = [
      await client.post('/v1/events').send(event('one')),
      await client.get('/v1/journeys'),
      await client.post('/u/unknown'),
    ];

    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });

  it('says when to come back, and reads nothing of the body', async () => {
    const client = apiUnder(api, { loopDelayMs: () => veryLate });

    const answer = await client
      .post('/v1/events')
      .set('Content-Type', 'application/json')
      .send('{ this is not JSON');

    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '2' });
    expect(answer.body).toMatchObject({ type: 'urn:itinera:problem:unavailable' });
  });

  it('counts a request as under way until it is answered', async () => {
    const client = apiUnder(api, {}, { inFlight: concurrency.most * bounds.rest.share - 1 });

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
    const client = apiUnder(api, {});
    for (let n = 0; n < concurrency.most; n += 1) void client.admission.during('anonymous', never);

    const answers = [await client.get('/readyz'), await client.post('/v1/events').send(event('x'))];

    expect(answers.map(({ status }) => status)).toEqual([503, 202]);
  });

  it('has room of its own beside work with a key', async () => {
    const client = apiUnder(api, {}, { inFlight: concurrency.most });
    for (let n = 1; n < anonymousPlaces; n += 1) void client.admission.during('anonymous', never);

    expect((await client.get('/openapi.json')).status).toBe(200);
  });

  it('is turned away by a late event loop, but for /livez', async () => {
    const client = apiUnder(api, { loopDelayMs: () => late });

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
    const client = apiUnder(api, {}, { store });

    await client.get('/v1/journeys');
    const text = await client.metrics();

    expect(text).toContain('itinera_http_concurrency_limit 280');
  });
});

describe('the metrics', () => {
  it('show the backlog, what is under way, what was turned away and what came twice', async () => {
    const client = apiUnder(api, { rates: keyRate({ perSecond: 1, burst: 4 }) }, { inFlight: 3 });
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

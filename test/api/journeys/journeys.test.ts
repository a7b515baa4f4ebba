import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const journey = {
  name: 'Welcome',
  stage: 'awareness',
  entry: { events: ['Signed Up'] },
  steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
};

type Page = Readonly<{ data: readonly object[]; nextCursor?: string }>;

async function everyPage(path: string, cursor = ''): Promise<readonly object[]> {
  const answer = await api.admin.get(`${path}${cursor}`);
  const { data, nextCursor } = answer.body as Page;
  if (nextCursor === undefined) return data;
  return [...data, ...(await everyPage(path, `&cursor=${nextCursor}`))];
}

describe('a journey', () => {
  it('is published as a version that never changes', async () => {
    const first = await api.admin.put('/v1/journeys/welcome').send(journey);
    const same = await api.admin.put('/v1/journeys/welcome').send({ id: 'welcome', ...journey });
    const next = await api.admin.put('/v1/journeys/welcome').send({ ...journey, name: 'Hello' });
    const kept = await api.admin.get('/v1/journeys/welcome/versions/1');
    const latest = await api.admin.get('/v1/journeys/welcome');

    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      id: 'welcome',
      version: 1,
      warnings: [],
      effectiveAt: '2026-03-02T09:00:01.000Z',
      links: { self: '/v1/journeys/welcome' },
    });
    expect([same.status, same.body]).toMatchObject([200, { version: 1 }]);
    expect([next.status, next.body]).toMatchObject([201, { version: 2 }]);
    expect(kept.body).toMatchObject({ version: 1, source: { id: 'welcome', name: 'Welcome' } });
    expect(latest.body).toMatchObject({ version: 2, name: 'Hello', status: 'live' });
  });

  it('is heard by the very next event', async () => {
    await api.admin.post('/v1/events').send({ name: 'Left', contact: { userId: 'ada' } });
    await api.admin
      .put('/v1/journeys/farewell')
      .send({ ...journey, entry: { events: ['Left'] } })
      .expect(201);

    const answer = await api.admin
      .post('/v1/events')
      .send({ name: 'Left', contact: { userId: 'ada' } });

    expect(answer.body).toMatchObject({ results: [{ enrollments: [{ effect: 'entered' }] }] });
  });

  it('is only checked by a dry run', async () => {
    const fit = await api.admin.put('/v1/journeys/dry?dryRun=true').send(journey);
    const unfit = await api.admin
      .put('/v1/journeys/dry?dryRun=true')
      .send({ ...journey, steps: [] });
    const published = await api.admin.get('/v1/journeys/dry');

    expect(fit.status).toBe(200);
    expect(fit.body).not.toHaveProperty('effectiveAt');
    expect(fit.body).toMatchObject({ id: 'dry', warnings: [] });
    expect(fit.body).not.toHaveProperty('version');
    expect(unfit.status).toBe(422);
    expect(published.status).toBe(404);
  });

  it('has one id', async () => {
    const answer = await api.admin.put('/v1/journeys/welcome').send({ ...journey, id: 'goodbye' });

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/id', code: 'other-id' }] });
  });

  it('is warned about what its author probably did not mean', async () => {
    const steps = [
      { id: 'bought', kind: 'waitFor', events: [{ names: ['Order'] }], timeout: 'P1D' },
    ];

    const answer = await api.admin.put('/v1/journeys/endless').send({ ...journey, steps });

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ warnings: [{ pointer: '/steps/0' }] });
  });

  it('stands in the list by id', async () => {
    await api.admin.put('/v1/journeys/a-first').send(journey);

    const answer = await api.admin.get('/v1/journeys');

    expect(answer.body).toMatchObject({
      data: [{ id: 'a-first', name: 'Welcome', stage: 'awareness', version: 1 }, {}, {}, {}],
    });
  });

  it('attack 9: is listed in pages, and so are its versions', async () => {
    await api.admin.put('/v1/journeys/paged').send(journey);
    await api.admin.put('/v1/journeys/paged').send({ ...journey, name: 'Second' });

    const ofOne = await everyPage('/v1/journeys?limit=1');
    const versions = await everyPage('/v1/journeys/paged/versions?limit=1');

    const all = (await api.admin.get('/v1/journeys')).body as Page;
    expect(ofOne).toEqual(all.data);
    expect(versions).toMatchObject([
      { version: 2, links: { self: '/v1/journeys/paged/versions/2' } },
      { version: 1 },
    ]);
    expect(versions[0]).not.toHaveProperty('source');
  });

  it.each(['/v1/journeys/none', '/v1/journeys/none/versions', '/v1/journeys/welcome/versions/99'])(
    'is missing at %s',
    async (path) => {
      const answer = await api.admin.get(path);

      expect(answer.status).toBe(404);
    },
  );
});

import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../src/api/app';
import { hashOf } from '../../../src/api/http/access/authentication';
import { createCallers } from '../../../src/api/http/access/callers';
import type { ApiDependencies } from '../../../src/api/dependencies';
import { clockAhead, now, openTestApi, otherKey, type TestApi } from '../test-api';

type Created = Readonly<{ id: string; key: string }>;

let api: TestApi;

beforeEach(async () => {
  api = await openTestApi();
});
afterEach(() => api.close());

const reader = { name: 'reader', scopes: ['journeys:read'] };

async function created(request: object = reader, by = api.admin): Promise<Created> {
  const answer = await by.post('/v1/keys').send(request).expect(201);
  return answer.body as Created;
}

const processWith = (changed: Partial<ApiDependencies>) =>
  supertest(createApp({ ...api.deps, ...changed, registry: new Registry() }));

const statusOf = async (key: string, path = '/v1/journeys') => (await api.as(key).get(path)).status;

describe('a new API key', () => {
  it('is shown once and stored as its hash only', async () => {
    const expiresAt = '2026-04-01T10:00:00+02:00';

    const answer = await api.admin.post('/v1/keys').send({ ...reader, expiresAt });

    const { id, key } = answer.body as Created;
    const view = {
      id,
      ...reader,
      expiresAt: '2026-04-01T08:00:00.000Z',
      createdAt: '2026-03-02T09:00:00.000Z',
    };
    const list = await api.admin.get('/v1/keys');
    const stored = await api.store.keys.findByHash(hashOf(key));
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ ...view, key });
    expect(key).toMatch(/^itk_[A-Za-z0-9_-]{43}$/);
    expect(list.body).toEqual({ data: [view] });
    expect(JSON.stringify(stored)).not.toContain(key);
    expect(stored).toMatchObject({ id, hash: hashOf(key) });
  });

  it('is made of the randomness it is given, 32 bytes of it', async () => {
    const randomBytes = (size: number) => Buffer.alloc(size, 255);

    const answer = await processWith({ randomBytes })
      .post('/v1/keys')
      .set('Authorization', 'Bearer admin-key-of-default')
      .send(reader);

    const secret = Buffer.alloc(32, 255).toString('base64url');
    expect(answer.body).toMatchObject({ key: `itk_${secret}`, id: `k${'7'.repeat(16)}` });
  });

  it('opens what its scopes say in its own workspace, and nothing else', async () => {
    const { key } = await created();

    const own = await statusOf(key);
    const closed = await statusOf(key, '/v1/contacts/ada');

    expect([own, closed]).toEqual([200, 403]);
  });

  it('is another one each time, whatever the Idempotency-Key', async () => {
    const ask = () => api.admin.post('/v1/keys').set('Idempotency-Key', 'same').send(reader);

    const first = await ask();
    const second = await ask();

    expect(second.status).toBe(201);
    expect(second.headers).not.toHaveProperty('idempotent-replayed');
    expect((second.body as Created).key).not.toBe((first.body as Created).key);
  });

  it('is refused from the instant it expires', async () => {
    const { key } = await created({ ...reader, expiresAt: new Date(now + 1_000).toISOString() });
    const at = (later: number) =>
      processWith({ clock: clockAhead(api, later) })
        .get('/v1/journeys')
        .set('Authorization', `Bearer ${key}`);

    const before = await at(999);
    const after = await at(1_000);

    expect([before.status, after.status]).toEqual([200, 401]);
  });

  it.each(['2026-03-02T09:00:00.000Z', '2026-03-02T09:59:59+01:00'])(
    'does not expire at %s, which has passed',
    async (expiresAt) => {
      const answer = await api.admin.post('/v1/keys').send({ ...reader, expiresAt });

      const list = await api.admin.get('/v1/keys');
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({
        detail:
          '"expiresAt" has passed already; give an instant that lies ahead, or leave it out for a key that does not expire.',
        errors: [{ pointer: '/expiresAt', code: 'not-ahead' }],
      });
      expect(list.body).toEqual({ data: [] });
    },
  );

  it.each([
    [{ scopes: ['admin'] }, '/name'],
    [{ ...reader, name: '' }, '/name'],
    [{ name: 'n' }, '/scopes'],
    [{ name: 'n', scopes: [] }, '/scopes'],
    [{ name: 'n', scopes: ['journeys:read', 'root'] }, '/scopes/1'],
    [{ ...reader, expiresAt: '2027-01-01T00:00:00' }, '/expiresAt'],
    [{ ...reader, workspace: 'other' }, '/workspace'],
    [{ ...reader, key: 'chosen' }, '/key'],
  ])('is not made of %j', async (body, pointer) => {
    const answer = await api.admin.post('/v1/keys').send(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });
});

describe('a revoked API key', () => {
  it('is refused at once, and is gone', async () => {
    const { id, key } = await created();
    const before = await statusOf(key);

    const answer = await api.admin.delete(`/v1/keys/${id}`);

    const again = await api.admin.delete(`/v1/keys/${id}`);
    const list = await api.admin.get('/v1/keys');
    expect(before).toBe(200);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await statusOf(key)).toBe(401);
    expect(again.status).toBe(404);
    expect(again.body).toMatchObject({ detail: `There is no API key "${id}"; see GET /v1/keys.` });
    expect(list.body).toEqual({ data: [] });
  });

  it('is refused by another process half a second later', async () => {
    const { id, key } = await created();
    let elapsedMs = 0;
    const other = processWith({ callers: createCallers(api.store, () => elapsedMs) });
    const ask = () => other.get('/v1/journeys').set('Authorization', `Bearer ${key}`);
    const before = await ask();

    await api.admin.delete(`/v1/keys/${id}`);
    elapsedMs = 500;
    const after = await ask();

    expect([before.status, after.status]).toEqual([200, 401]);
  });

  it('may have revoked itself', async () => {
    const { id, key } = await created({ name: 'own', scopes: ['admin'] });

    const answer = await api.as(key).delete(`/v1/keys/${id}`);

    expect(answer.status).toBe(204);
    expect(await statusOf(key)).toBe(401);
  });
});

describe('the API keys of a workspace', () => {
  it('are listed page by page, and no cursor tells a hash', async () => {
    const keys = [await created(), await created(), await created()];

    const page = await api.admin.get('/v1/keys?limit=2');
    const { nextCursor } = page.body as { nextCursor: string };
    const next = await api.admin.get('/v1/keys').query({ limit: 2, cursor: nextCursor });

    const found = [page, next].flatMap(({ body }) => (body as { data: Created[] }).data);
    const told = JSON.stringify(page.body) + Buffer.from(nextCursor, 'base64url').toString();
    expect(found.map(({ id }) => id).toSorted()).toEqual(keys.map(({ id }) => id).toSorted());
    expect(keys.filter(({ key }) => told.includes(hashOf(key)))).toEqual([]);
    expect(next.body).not.toHaveProperty('nextCursor');
  });

  it('are out of reach of another workspace', async () => {
    const { id, key } = await created();
    const theirs = await created(reader, api.as(otherKey));

    const answer = await api.as(otherKey).delete(`/v1/keys/${id}`);
    const list = await api.admin.get('/v1/keys');
    const otherList = await api.as(otherKey).get('/v1/keys');

    expect(answer.status).toBe(404);
    expect(await statusOf(key)).toBe(200);
    expect(list.body).toMatchObject({ data: [{ id }] });
    expect(JSON.stringify(otherList.body)).not.toContain(id);
    expect(JSON.stringify(list.body)).not.toContain(theirs.id);
  });

  it('are for admins only', async () => {
    const { id, key } = await created({
      name: 'all but admin',
      scopes: [
        'events:write',
        'journeys:read',
        'journeys:write',
        'contacts:read',
        'contacts:write',
        'ops:write',
      ],
    });
    const caller = api.as(key);

    const answers = [
      await caller.post('/v1/keys').send(reader),
      await caller.get('/v1/keys'),
      await caller.delete(`/v1/keys/${id}`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});

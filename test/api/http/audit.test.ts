import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../src/api/app';
import { createLogger } from '../../../src/process/logger';
import { aKey } from '../../store/builders';
import { hashOf } from '../../../src/api/http/access/authentication';
import { apiKeyId, workspaceId } from '../../../src/core/ids';
import { adminKey, openTestApi, type TestApi } from '../test-api';

let api: TestApi;
const readerKey = 'key-of-a-reader';

beforeAll(async () => {
  api = await openTestApi();
  const reader = {
    id: apiKeyId('k1'),
    workspace: workspaceId('default'),
    scopes: ['journeys:read'],
  };
  await api.store.keys.put(aKey(hashOf(readerKey), reader));
});

afterAll(() => api.close());

type Line = Readonly<{ msg: string; audit?: Readonly<Record<string, unknown>> }>;

/** The same API, with all that it logs. */
function listening() {
  const written: string[] = [];
  const write = (line: string) => void written.push(line);
  const logger = createLogger({ level: 'info', name: 'api' }, { write });
  const registry = new Registry();
  const app = createApp({ ...api.deps, logger, registry });
  const lines = () => written.map((line) => JSON.parse(line) as Line).map(({ audit }) => audit);
  return { app, registry, lines, text: () => written.join('') };
}

const callers = {
  get: (client: ReturnType<typeof supertest>, path: string) => client.get(path),
  post: (client: ReturnType<typeof supertest>, path: string) => client.post(path),
  delete: (client: ReturnType<typeof supertest>, path: string) => client.delete(path),
};

const asked = (key: string) => ({ Authorization: `Bearer ${key}`, 'X-Request-Id': 'r-1' });

describe('the audit log', () => {
  it.each([
    [
      'no key',
      'get /v1/journeys',
      'unknown',
      { key: null, route: 'GET /v1/journeys', status: 401 },
    ],
    ['too little', 'post /v1/keys', readerKey, { key: 'k1', route: 'POST /v1/keys', status: 403 }],
    ['a new key', 'post /v1/keys', adminKey, { route: 'POST /v1/keys', status: 415 }],
    [
      'an export',
      'get /v1/contacts/ada@example.com/export',
      adminKey,
      { route: 'GET /v1/contacts/{ref}/export', status: 404 },
    ],
    [
      'an erasure',
      'delete /v1/contacts/ada@example.com',
      adminKey,
      { route: 'DELETE /v1/contacts/{ref}', status: 404 },
    ],
    [
      'an intervention',
      'post /v1/enrollments/e1/exit',
      adminKey,
      { route: 'POST /v1/enrollments/{enrollmentId}/exit', status: 415 },
    ],
  ])('has a line for %s', async (_what, request, key, line) => {
    const { app, lines, text, registry } = listening();
    const [method, path] = request.split(' ') as [keyof typeof callers, string];

    await callers[method](supertest(app), path).set(asked(key));

    expect(lines()).toEqual([{ key: 'bootstrap', requestId: 'r-1', ...line }]);
    expect(text()).not.toContain('ada@example.com');
    expect(text()).not.toContain(key);
    const { route, status } = line;
    expect(await registry.metrics()).toContain(`{route="${route}",status="${status}"} 1`);
  });

  it('has none for ordinary work', async () => {
    const { app, lines } = listening();

    await supertest(app).get('/v1/journeys').set(asked(adminKey));
    await supertest(app).get('/livez');
    await supertest(app).get('/nowhere');

    expect(lines()).toEqual([]);
  });
});

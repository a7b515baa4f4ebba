import { hashOf } from '../../../src/api/http/access/authentication';
import { routes } from '../../../src/api/routes';
import { workspaceId } from '../../../src/core/ids';
import { aKey } from '../../store/builders';
import { adminKey, now, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

const journey = {
  name: 'Cart recovery',
  stage: 'decision',
  entry: { events: ['Cart Updated'] },
  steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
};

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

describe('a key', () => {
  it('opens only what its scopes say', async () => {
    const hash = hashOf('reader');
    await api.store.keys.put(
      aKey(hash, {
        workspace: workspaceId('default'),
        name: 'reader',
        scopes: ['journeys:read'],
      }),
    );

    const readable = await api.as('reader').get('/v1/journeys');
    const closed = await api.as('reader').put('/v1/journeys/cart').send(journey);

    expect(readable.status).toBe(200);
    expect(closed.status).toBe(403);
    expect(closed.body).toMatchObject({
      detail: 'The API key lacks the scope "journeys:write"; use a key that has it.',
    });
  });

  it('ends when it expires', async () => {
    const hash = hashOf('expired');
    await api.store.keys.put(
      aKey(hash, {
        workspace: workspaceId('default'),
        name: 'expired',
        scopes: ['admin'],
        expiresAt: now,
      }),
    );

    const answer = await api.as('expired').get('/v1/journeys');

    expect(answer.status).toBe(401);
  });

  it.each(
    routes.filter(({ access }) => access === 'key').map(({ method, path }) => [method, path]),
  )('is asked for by %s %s', async (method, path) => {
    const url = path.replaceAll(/[{}]/g, '');
    const verb = method;

    const answer = await api.anonymous[verb](url);

    expect(answer.status).toBe(401);
    expect(answer.type).toBe('application/problem+json');
  });

  it('is taken as the user name of Basic', async () => {
    const answer = await api.anonymous.get('/v1/workspace').auth(adminKey, '');

    expect(answer.body).toMatchObject({ id: 'default' });
  });
});

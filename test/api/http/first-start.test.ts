import { hashOf } from '../../../src/api/http/access/authentication';
import { workspaceId } from '../../../src/core/ids';
import { aKey } from '../../store/builders';
import { openTestApi, type TestApi } from '../test-api';

describe('an api whose store is not prepared yet', () => {
  let api: TestApi;

  beforeAll(async () => {
    const { store } = (api = await openTestApi());
    await store.keys.put(
      aKey(hashOf('key-of-a-workspace-to-come'), {
        workspace: workspaceId('to-come'),
        name: 'to come',
        scopes: ['admin'],
      }),
    );
  });

  afterAll(() => api.close());

  it('asks a client whose workspace is still missing to try again', async () => {
    const answer = await api.as('key-of-a-workspace-to-come').post('/v1/track').send({});

    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '2' });
  });

  it('is ready once the default workspace is there', async () => {
    const answer = await api.anonymous.get('/readyz');

    expect(answer.body).toMatchObject({ status: 'ready', mongodb: 'up' });
  });

  it('is not ready before', async () => {
    const find = () => Promise.resolve(undefined);
    const store = { ...api.store, workspaces: { ...api.store.workspaces, find } };
    const unprepared = await openTestApi({ store });

    const answer = await unprepared.anonymous.get('/readyz');
    await unprepared.close();

    expect(answer.status).toBe(503);
    expect(answer.body).toMatchObject({ status: 'not-ready', mongodb: 'down' });
  });
});

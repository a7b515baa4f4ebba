import { workspaceId } from '../../../src/core/ids';
import { aDeadEvent } from '../../store/builders';
import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;
const workspace = workspaceId('default');
const dead = aDeadEvent('set aside', { workspace });

beforeAll(async () => {
  api = await openTestApi();
  await api.store.events.insert(dead, { nextAt: 0 });
});

afterAll(() => api.close());

describe('the replay of an event', () => {
  it('finds what is listed as dead, and settles it', async () => {
    const listed = await api.admin.get('/v1/events?status=dead');

    const answer = await api.admin.post(`/v1/events/${dead.id}/replay`);
    await api.deps.intake.drain();
    const settled = await api.admin.get(`/v1/events/${dead.key}`);

    expect(listed.body).toMatchObject({ data: [{ id: dead.id, because: dead.because }] });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ id: dead.id, status: 'pending' });
    expect(answer.body).not.toHaveProperty('because');
    expect(settled.body).toMatchObject({ status: 'delivered' });
  });

  it('is refused with the status of what is not dead', async () => {
    const event = { id: 'alive', name: 'Nobody Hears This', contact: { userId: 'ada' } };
    await api.admin.post('/v1/events').send(event);

    const answer = await api.admin.post('/v1/events/alive/replay');

    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      detail:
        'Event "alive" is delivered; only a dead one is replayed, see GET /v1/events?status=dead.',
    });
  });

  it('knows no event that there is not', async () => {
    const answer = await api.admin.post('/v1/events/nothing/replay');

    expect(answer.status).toBe(404);
  });
});

import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await api.admin.put('/v1/journeys/cart').send({
    name: 'Cart',
    stage: 'decision',
    entry: { events: ['Cart Left'], repeat: 'refresh' },
    steps: [
      { id: 'pause', kind: 'wait', for: 'PT2H', restartOn: 'refresh' },
      { id: 'end', kind: 'exit' },
    ],
  });
});

afterAll(() => api.close());

const leave = async (occurredAt: string) => {
  const event = { name: 'Cart Left', contact: { userId: 'ada' }, occurredAt };
  await api.admin.post('/v1/events').send(event).expect(202);
  await api.deps.intake.drain();
};
const shown = async () => {
  const list = await api.admin.get('/v1/enrollments');
  const [enrollment] = (list.body as { data: readonly { id: string }[] }).data;
  return (await api.admin.get(`/v1/enrollments/${enrollment?.id ?? ''}`)).body as unknown;
};

describe('an enrollment whose workflow has not begun, which answers no query', () => {
  it('says until when it waits, as the newest entry has it', async () => {
    await leave('2026-03-02T08:00:00.000Z');
    const before = await shown();
    await leave('2026-03-02T08:30:00.000Z');
    const after = await shown();

    expect(before).toMatchObject({ awaiting: { until: '2026-03-02T10:00:00.000Z' } });
    expect(after).toMatchObject({
      step: 'pause',
      since: '2026-03-02T08:00:00.000Z',
      awaiting: { until: '2026-03-02T10:30:00.000Z' },
    });
  });
});

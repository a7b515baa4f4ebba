import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

describe('a body of JSON', () => {
  it.each(['utf8', 'UTF8', 'iso-8859-1', 'us-ascii', 'nonsense'])(
    'R48: is UTF-8 whatever its label says: %s',
    async (charset) => {
      const track = { event: 'Caffè', userId: 'ada', messageId: `label-${charset}` };

      const answer = await api.admin
        .post('/v1/track')
        .set('Content-Type', `application/json; charset=${charset}`)
        .send(JSON.stringify(track));

      const recorded = await api.admin.get(`/v1/events/label-${charset}`);
      expect(answer.status).toBe(200);
      expect(recorded.body).toMatchObject({ name: 'Caffè' });
    },
  );

  it('R48: is UTF-8 on a route of our own', async () => {
    const answer = await api.admin
      .put('/v1/contacts/bea')
      .set('Content-Type', 'application/json; charset=utf8')
      .send('{"traits":{"firstName":"Renée"}}');

    expect(answer.body).toMatchObject({ traits: { firstName: 'Renée' } });
  });
});

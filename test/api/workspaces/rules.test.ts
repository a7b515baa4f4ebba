import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const facts = { name: 'Shop', from: 'shop@example.com', zone: 'Europe/Rome', locale: 'it' };
const put = (rules: object) => api.admin.put('/v1/workspace').send({ ...facts, ...rules });

describe('the quiet hours and caps of a workspace', () => {
  it('are kept as they are written', async () => {
    const rules = {
      quietHours: [
        { from: '21:00', to: '09:00' },
        { from: '00:00', to: '24:00', days: ['sun'] },
      ],
      caps: [
        { most: 1, within: 'P1D' },
        { most: 3, within: 'P7D', purposes: ['marketing', 'service'], channels: ['email'] },
      ],
    };

    const answer = await put(rules);

    expect(answer.status).toBe(200);
    expect((await api.admin.get('/v1/workspace')).body).toMatchObject(rules);
  });

  it.each([
    [{ quietHours: [{ from: '9:00', to: '21:00' }] }, '/quietHours/0/from'],
    [{ quietHours: [{ from: '24:00', to: '09:00' }] }, '/quietHours/0/from'],
    [{ quietHours: [{ from: '09:00', to: '25:00' }] }, '/quietHours/0/to'],
    [{ quietHours: [{ from: '09:00', to: '21:00', days: ['sunday'] }] }, '/quietHours/0/days/0'],
    [{ quietHours: [{ from: '09:00', to: '21:00', days: [] }] }, '/quietHours/0/days'],
    [{ caps: [{ most: 0, within: 'P1D' }] }, '/caps/0/most'],
    [{ caps: [{ most: 1, within: 'P1D', purposes: ['spam'] }] }, '/caps/0/purposes/0'],
  ])('cannot be %j', async (rules, pointer) => {
    const answer = await put(rules);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it.each([
    [{ quietHours: [{ from: '09:00', to: '09:00' }] }, '/quietHours/0/to'],
    [{ caps: [{ most: 1, within: 'P1M' }] }, '/caps/0/within'],
    [{ caps: [{ most: 1, within: 'P1DT1H' }] }, '/caps/0/within'],
    [{ caps: [{ most: 1, within: 'PT0S' }] }, '/caps/0/within'],
    [{ caps: [{ most: 1, within: 'P93D' }] }, '/caps/0/within'],
    [{ caps: [{ most: 1, within: 'often' }] }, '/caps/0/within'],
  ])('break a rule that JSON Schema cannot say in %j', async (rules, pointer) => {
    const answer = await put(rules);

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });
});

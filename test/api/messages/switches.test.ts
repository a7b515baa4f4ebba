import { now, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const reason = 'The price is wrong';
const put = (path: string, body: object) => api.admin.put(`/v1/switches/${path}`).send(body);
const at = new Date(now).toISOString();

describe('a switch', () => {
  it('turns a channel off and on again, and says who did it and why', async () => {
    const off = await put('channel/email', { on: false, reason });
    const again = await put('channel/email', { on: false, reason: 'Another reason' });
    const on = await put('channel/email', { on: true, reason });

    const line = { kind: 'channel', name: 'email', reason, at };
    expect(off.status).toBe(200);
    expect(off.body).toMatchObject({ data: [line] });
    expect(again.body).toEqual(off.body);
    expect(on.body).toEqual({ data: [] });
  });

  it('leaves others as they are', async () => {
    await put('journey/cart-recovery', { on: false, reason });
    await put('provider/smtp', { on: false, reason });
    await put('journey/cart-recovery', { on: true, reason });

    const answer = await api.admin.get('/v1/switches');

    expect(answer.body).toMatchObject({ data: [{ kind: 'provider', name: 'smtp' }] });
  });

  it('of a channel that does not exist is refused', async () => {
    const answer = await put('channel/fax', { on: false, reason });

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ detail: expect.stringContaining('"fax"') as string });
  });

  it('needs a reason', async () => {
    const answer = await put('channel/email', { on: false });

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/reason' }] });
  });
});

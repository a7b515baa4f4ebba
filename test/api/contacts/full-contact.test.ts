import { mostTraitCharacters, mostTraits } from '../../../src/core/contacts/room-for-values';
import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const half = 'x'.repeat(mostTraitCharacters / 2);
const full = { pointer: '/traits', code: 'contact-full' };

const put = (userId: string, traits: object) =>
  api.admin.put(`/v1/contacts/${userId}`).send({ traits });
const traitsOf = async (userId: string) =>
  ((await api.admin.get(`/v1/contacts/${userId}`)).body as Readonly<{ traits: unknown }>).traits;
const errorsIn = async (path: string) => (await api.admin.get(path)).body as unknown;

describe('attack 9: a contact', () => {
  it('holds no more however many requests bring it', async () => {
    await put('ada', { one: half });

    const answer = await put('ada', { two: half });

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [full] });
    expect(await traitsOf('ada')).toEqual({ one: half });
  });

  it('is not made for traits that none can hold', async () => {
    const many = Array.from({ length: mostTraits + 1 }, (_, n) => [`trait ${n}`, n] as const);

    const answer = await put('bea', Object.fromEntries(many));

    expect(answer.status).toBe(422);
    await api.admin.get('/v1/contacts/bea').expect(404);
  });

  it('has room again for what takes the place of another trait', async () => {
    await put('cyd', { one: half });

    const answer = await put('cyd', { one: null, two: half });

    expect(answer.status).toBe(200);
    expect(await traitsOf('cyd')).toEqual({ two: half });
  });

  it('keeps the rest of a foreign message, and the rejections say what was left out', async () => {
    await put('dot', { one: half });

    const traits = { two: half, plan: 'pro', email: 'dot@shop.test' };
    await api.admin.post('/v1/identify').send({ userId: 'dot', traits }).expect(200);

    const kept = { email: 'dot@shop.test', traits: { one: half, plan: 'pro' } };
    expect((await api.admin.get('/v1/contacts/dot')).body).toMatchObject(kept);
    expect(await errorsIn('/v1/rejections')).toMatchObject({ data: [{ errors: [full] }] });
  });

  it('takes in another as far as it has room, and the refusals say so', async () => {
    await put('eve', { one: half });
    await put('fay', { two: half, plan: 'pro' });

    await api.admin.post('/v1/alias').send({ userId: 'eve', previousId: 'fay' }).expect(200);

    // Both are of one instant, so either may be the survivor.
    const either = [
      { one: half, plan: 'pro' },
      { two: half, plan: 'pro' },
    ];
    expect(either).toContainEqual(await traitsOf('fay'));
    expect(await errorsIn('/v1/refusals')).toMatchObject({ data: [{ reason: 'contact-full' }] });
  });
});

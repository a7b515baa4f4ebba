import { workspaceId } from '../../../src/core/ids';
import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

type Give = (userId: string, email: string) => ReturnType<TestApi['admin']['post']>;

const event: Give = (userId, email) =>
  api.admin.post('/v1/events').send({ name: 'Seen', contact: { userId, email } });
const put: Give = (userId, email) => api.admin.put(`/v1/contacts/${userId}`).send({ email });
const identify: Give = (userId, email) =>
  api.admin.post('/v1/identify').send({ userId, traits: { email } });

/** The doors at which an address comes in. */
const doors = Object.entries({ event, put, identify });

const found = (userId: string) => api.store.contacts.find(workspaceId('default'), { userId });

describe.each(doors)('an address given by %s', (door, give) => {
  it.each([
    ['mark', '\u200fada@shop.test'],
    ['zero-width', 'ada@\u200bshop.test'],
    ['order', '\ufeffada@shop.test'],
    ['no-break', 'ada@shop.test\u00a0'],
  ])('R45: is taken without what nobody sees: %s', async (name, email) => {
    const answer = await give(`${door}-${name}`, email);

    expect(answer.status).toBeLessThan(300);
    expect(await found(`${door}-${name}`)).toMatchObject({ email: 'ada@shop.test' });
  });

  it('R46: may have a dot too many', async () => {
    const answer = await give(`${door}-dots`, 'a..b.@docomo.test');

    expect(answer.status).toBeLessThan(300);
    expect(await found(`${door}-dots`)).toMatchObject({ email: 'a..b.@docomo.test' });
  });

  it('R46: is no address of the contact where it cannot be sent to', async () => {
    await give(`${door}-umlaut`, 'jörg@shop.test');

    expect((await found(`${door}-umlaut`))?.email).toBeUndefined();
  });

  it('R9: is taken without the blanks around it', async () => {
    const answer = await give(`${door}-blanks`, ' ada@shop.test\n');

    expect(answer.status).toBeLessThan(300);
    expect(await found(`${door}-blanks`)).toMatchObject({ email: 'ada@shop.test' });
  });

  it.each(['', ' \u200f'])('R9: is absent where it is blank: %j', async (blank) => {
    const userId = `${door}-absent-${blank.length}`;
    await put(userId, 'ada@shop.test');

    const answer = await give(userId, blank);

    expect(answer.status).toBeLessThan(300);
    expect(await found(userId)).toMatchObject({ email: 'ada@shop.test', traits: {} });
  });
});

describe('an address that cannot be sent to', () => {
  it.each(['jörg@shop.test', 'ada@shop..test', 'Ada <ada@shop.test>'])(
    'R46: is refused with its place: %s',
    async (email) => {
      const answers = [await event('refused', email), await put('refused', email)];

      expect(answers.map(({ status }) => status)).toEqual([400, 400]);
      expect(answers.map(({ body }) => body as object)).toMatchObject([
        { errors: [{ pointer: '/contact/email' }] },
        { errors: [{ pointer: '/email' }] },
      ]);
      expect(await found('refused')).toBeUndefined();
    },
  );

  it('R46: stays a trait by identify', async () => {
    await identify('trait', 'jörg@shop.test').expect(200);

    expect(await found('trait')).toMatchObject({ traits: { email: 'jörg@shop.test' } });
  });
});

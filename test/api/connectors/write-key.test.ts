import { hashOf } from '../../../src/api/http/access/authentication';
import type { Scope } from '../../../src/api/http/scope';
import { workspaceId } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json/json';
import { aKey } from '../../store/builders';
import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

const workspace = workspaceId('default');
const earlier = '2026-03-01T09:00:00.000Z';
const later = '2026-03-02T08:59:00.000Z';

beforeAll(async () => {
  api = await openTestApi();
  await keyWith('write-key', ['events:write']);
  await keyWith('server-key', ['events:write', 'contacts:write']);
});

afterAll(() => api.close());

async function keyWith(key: string, scopes: readonly Scope[]): Promise<void> {
  await api.store.keys.put(aKey(hashOf(key), { workspace, name: key, scopes }));
}

async function known(userId: string, more: object = {}): Promise<void> {
  await api.admin.put(`/v1/contacts/${userId}`).send({ email: `${userId}@shop.test`, ...more });
}

const says = (key: string, path: string, body: object) =>
  api.as(key).post(path).send(body).expect(200);
const identifies = (key: string, userId: string, traits: JsonObject) =>
  says(key, '/v1/identify', { userId, traits });
const contactOf = async (userId: string) =>
  (await api.admin.get(`/v1/contacts/${userId}`)).body as Readonly<Record<string, unknown>>;
type Rejections = readonly Readonly<{ id: string; errors: readonly unknown[] }>[];
const rejections = async () =>
  ((await api.admin.get('/v1/rejections')).body as Readonly<{ data: Rejections }>).data;

/** The faults on record that a message has brought about. */
async function faultsOf(message: PromiseLike<unknown>): Promise<readonly unknown[]> {
  const before = new Set((await rejections()).map(({ id }) => id));
  await message;
  const after = await rejections();
  return after.filter(({ id }) => !before.has(id)).flatMap(({ errors }) => errors);
}

describe('attack 11: a key with events:write alone', () => {
  it.each([{ email: 'thief@evil.test' }, { email: null }])(
    'replaces no address: %j',
    async (traits) => {
      await known('ada');

      const faults = await faultsOf(identifies('write-key', 'ada', { ...traits, plan: 'pro' }));

      const kept = { email: 'ada@shop.test', traits: { plan: 'pro' } };
      expect(await contactOf('ada')).toMatchObject(kept);
      expect(faults).toMatchObject([{ pointer: '/traits/email', code: 'needs-contacts-write' }]);
    },
  );

  it('gives a first address, and the same one in capitals', async () => {
    await identifies('write-key', 'bea', { email: 'bea@shop.test' });
    await identifies('write-key', 'bea', { email: 'BEA@shop.test' });

    expect(String((await contactOf('bea'))['email']).toLowerCase()).toBe('bea@shop.test');
  });

  it('makes no two users one', async () => {
    await known('cleo');
    await known('dora');

    const message = { userId: 'cleo', previousId: 'dora' };
    const faults = await faultsOf(says('write-key', '/v1/alias', message));

    expect((await contactOf('dora'))['id']).not.toBe((await contactOf('cleo'))['id']);
    expect(faults).toMatchObject([{ pointer: '/previousId', code: 'needs-contacts-write' }]);
  });

  it('takes no userId that nobody has yet', async () => {
    await known('eve');

    await says('write-key', '/v1/alias', { userId: 'eve', previousId: 'victim' });

    await api.admin.get('/v1/contacts/victim').expect(404);
  });

  it('makes a visitor the user whom they become', async () => {
    const visit = { anonymousId: 'visitor', event: 'Seen' };
    await says('write-key', '/v1/track', visit);
    await known('fay');

    await says('write-key', '/v1/alias', { userId: 'fay', previousId: 'visitor' });

    expect(await contactOf('fay')).toMatchObject({ anonymousIds: ['visitor'] });
  });
});

describe('attack 11: a key that may write contacts', () => {
  it('replaces an address and makes two users one', async () => {
    await known('gil');
    await known('hal');

    await identifies('server-key', 'gil', { email: 'new@shop.test' });
    expect(await contactOf('gil')).toMatchObject({ email: 'new@shop.test' });

    await says('server-key', '/v1/alias', { userId: 'gil', previousId: 'hal' });

    expect((await contactOf('hal'))['id']).toBe((await contactOf('gil'))['id']);
  });
});

describe('attack 11: a withdrawn consent', () => {
  const given = { marketing: { email: { given: true, at: later } } };
  const withdrawn = { marketing: { email: { given: false, at: earlier } } };

  it.each(['write-key', 'server-key'])('is not given again by a message: %s', async (key) => {
    const userId = `ina-${key}`;
    await known(userId, { consents: withdrawn });

    const faults = await faultsOf(identifies(key, userId, { consents: given }));

    const kept = { consents: { marketing: { email: { given: false } } } };
    expect(await contactOf(userId)).toMatchObject(kept);
    const pointer = '/traits/consents/marketing/email';
    expect(faults).toMatchObject([{ pointer, code: 'withdrawn' }]);
  });

  it('stays for its address where a message gives it for another contact', async () => {
    await known('jo', { consents: withdrawn });

    await identifies('write-key', 'twin-of-jo', { email: 'jo@shop.test', consents: given });

    const answer = await api.admin.get('/v1/suppressions/jo@shop.test');
    expect(answer.body).toMatchObject({ data: [{ because: 'unsubscribed' }] });
  });

  it('is given again by PUT', async () => {
    await known('kim', { consents: withdrawn });

    await known('kim', { consents: given });

    const renewed = { consents: { marketing: { email: { given: true } } } };
    expect(await contactOf('kim')).toMatchObject(renewed);
    const answer = await api.admin.get('/v1/suppressions/kim@shop.test');
    expect(answer.body).toEqual({ data: [] });
  });

  it('is withdrawn and first given by a message', async () => {
    await identifies('write-key', 'lea', { consents: { marketing: { email: true } } });
    expect(await contactOf('lea')).toMatchObject({
      consents: { marketing: { email: { given: true } } },
    });

    await identifies('write-key', 'lea', { consents: { marketing: { email: false } } });

    expect(await contactOf('lea')).toMatchObject({
      consents: { marketing: { email: { given: false } } },
    });
  });
});

import type { Purpose } from '../../../src/core/channels';
import { contactId, workspaceId } from '../../../src/core/ids';
import { now, openTestApi, otherKey, type TestApi } from '../test-api';

const workspace = workspaceId('default');
const at = new Date(now).toISOString();

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

type Suppressed = Readonly<{ channel: string; because: string }>;
type Facts = Readonly<{ email?: string; consents?: object }>;

async function put(userId: string, facts: Facts) {
  const answer = await api.admin.put(`/v1/contacts/${userId}`).send(facts);
  return answer.body as { id: string };
}

async function unsubscribe(id: string, purpose: Purpose = 'marketing') {
  const claim = { workspace, contact: contactId(id), channel: 'email', purpose } as const;
  await api.anonymous.post(new URL(api.deps.links.unsubscribeUrl(claim)).pathname).expect(200);
}

async function standing(address: string): Promise<readonly Suppressed[]> {
  const answer = await api.admin.get(`/v1/suppressions/${address}`);
  return (answer.body as { data: readonly Suppressed[] }).data;
}

const withdrawn = (address: string, purpose: Purpose = 'marketing') => ({
  channel: 'email',
  address,
  because: 'unsubscribed',
  purpose,
  at,
});

describe('fault 11: unsubscribing', () => {
  it.each(['marketing', 'service'] as const)(
    'by the link of a message suppresses the address for its purpose: %s',
    async (purpose) => {
      const email = `ada-${purpose}@shop.test`;
      const { id } = await put(`ada-${purpose}`, { email });

      await unsubscribe(id, purpose);

      expect(await standing(email)).toEqual([withdrawn(email, purpose)]);
    },
  );

  it('by a change of the contact suppresses the address too', async () => {
    await put('bea', { email: 'bea@shop.test', consents: { marketing: { email: false } } });

    expect(await standing('bea@shop.test')).toEqual([withdrawn('bea@shop.test')]);
  });

  it('by identify suppresses the address too', async () => {
    const traits = { email: 'cyd@shop.test', consents: { marketing: { email: 'false' } } };

    await api.admin.post('/v1/identify').send({ userId: 'cyd', traits }).expect(200);

    expect(await standing('cyd@shop.test')).toEqual([withdrawn('cyd@shop.test')]);
  });

  it('outlives the contact', async () => {
    const { id } = await put('dot', { email: 'dot@shop.test' });
    await unsubscribe(id);

    await api.admin.delete('/v1/contacts/dot').expect(202);
    await put('dot-again', { email: 'dot@shop.test', consents: { marketing: { email: true } } });

    expect(await standing('dot@shop.test')).toEqual([withdrawn('dot@shop.test')]);
  });

  it('stays through a consent without a date, and one from before', async () => {
    const { id } = await put('eve', { email: 'eve@shop.test' });
    await unsubscribe(id);

    const past = { given: true, at: '2026-03-02T08:59:59.999Z' };
    await put('eve', { consents: { marketing: { email: true } } });
    await put('eve', { consents: { marketing: { email: past } } });

    expect(await standing('eve@shop.test')).toEqual([withdrawn('eve@shop.test')]);
  });

  it('is lifted by a later consent, whichever contact of the address gives it', async () => {
    const { id } = await put('fay', { email: 'fay@shop.test' });
    await unsubscribe(id);

    const later = { marketing: { email: { given: true, at } } };
    await put('fay-too', { email: 'fay@shop.test', consents: later });

    expect(await standing('fay@shop.test')).toEqual([]);
  });
});

describe('the suppressions of an address', () => {
  it('are written, read and lifted, but for what the person alone takes back', async () => {
    const { id } = await put('gus', { email: 'gus@shop.test' });
    await unsubscribe(id);
    const path = '/v1/suppressions/gus@shop.test';

    const written = await api.admin.put(path).send({});
    const read = await api.admin.get('/v1/suppressions/GUS@shop.test');
    const lifted = await api.admin.delete(path);

    const contact = { because: 'do-not-contact', channel: 'email', at };
    expect(written.body).toMatchObject({ data: [contact, withdrawn('gus@shop.test')] });
    expect(read.body).toMatchObject({ data: [contact, { because: 'unsubscribed' }] });
    expect(lifted.body).toEqual({ data: [withdrawn('gus@shop.test')] });
  });

  it('are those of the workspace alone', async () => {
    await api.admin.put('/v1/suppressions/hal@shop.test').send({ because: 'complained' });

    const theirs = await api.as(otherKey).get('/v1/suppressions/hal@shop.test');

    expect(theirs.body).toEqual({ data: [] });
    expect(await standing('hal@shop.test')).toMatchObject([{ because: 'complained' }]);
  });

  it('of a number are those of every channel that writes to it, unless one is named', async () => {
    const path = '/v1/suppressions/+393331234567';
    const channelsOf = async () =>
      (await standing('+393331234567')).map(({ channel }) => channel).toSorted();

    await api.admin.put(path).send({}).expect(200);
    expect(await channelsOf()).toEqual(['sms', 'whatsapp']);

    await api.admin.delete(`${path}?channel=sms`).expect(200);
    expect(await channelsOf()).toEqual(['whatsapp']);

    await api.admin.delete(path).expect(200);
    expect(await channelsOf()).toEqual([]);
  });

  it.each(['%E2%80%8Fivo@shop.test', '%20ivo@shop.test%20', 'ivo@%E2%80%8Bshop.test'])(
    'R45: are of the address without what nobody sees: %s',
    async (pasted) => {
      await api.admin.put(`/v1/suppressions/${pasted}`).send({}).expect(200);

      expect(await standing('ivo@shop.test')).toMatchObject([{ because: 'do-not-contact' }]);
      await api.admin.delete(`/v1/suppressions/${pasted}`).expect(200);
      expect(await standing('ivo@shop.test')).toEqual([]);
    },
  );

  it('R46: are refused for an address that cannot be sent to', async () => {
    const answer = await api.admin.put('/v1/suppressions/j%C3%B6rg@shop.test').send({});

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/path/address' }] });
  });
});

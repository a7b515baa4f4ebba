import { workspaceId, contactId } from '../../../src/core/ids';
import { now, openTestApi, type TestApi } from '../test-api';

const hour = 3_600_000;
const workspace = workspaceId('default');
const isoOf = (instant: number) => new Date(instant).toISOString();

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

async function put(userId: string, email: unknown) {
  const answer = await api.admin
    .put(`/v1/contacts/${userId}`)
    .send({ consents: { marketing: { email } } });
  return answer.body as { id: string; consents: { marketing?: { email?: unknown } } };
}

async function click(id: string) {
  const claim = {
    workspace,
    contact: contactId(id),
    channel: 'email',
    purpose: 'marketing',
  } as const;
  return api.anonymous.post(new URL(api.deps.links.unsubscribeUrl(claim)).pathname);
}

async function consentOf(userId: string) {
  const contact = await api.store.contacts.find(workspace, { userId });
  return contact?.consents.marketing?.email;
}

describe('fault 3: a consent dated in the future', () => {
  it('counts from its receipt, and the answer says so', async () => {
    const { consents } = await put('ada', { given: true, at: isoOf(now + hour) });

    expect(consents).toEqual({ marketing: { email: { given: true, at: isoOf(now) } } });
  });

  it('is withdrawn by one click', async () => {
    const { id } = await put('bea', { given: true, at: isoOf(now + hour) });

    const page = await click(id);

    expect(page.text).toContain('You are unsubscribed');
    expect(await consentOf('bea')).toEqual({ given: false, at: now });
  });

  it('is withdrawn by a change of the contact', async () => {
    await put('cyd', { given: true, at: isoOf(now + hour) });

    const { consents } = await put('cyd', false);

    expect(consents).toEqual({ marketing: { email: { given: false, at: isoOf(now) } } });
  });

  it('is withdrawn also where it was stored before instants were bounded', async () => {
    const { id } = await put('dot', true);
    const later = now + hour;
    const email = { given: true, at: later };
    await api.store.contacts.change(
      workspace,
      contactId(id),
      { consents: { marketing: { email } } },
      later,
    );

    await click(id);

    expect(await consentOf('dot')).toEqual({ given: false, at: now });
  });

  it('does not outweigh a withdrawal that came before its receipt', async () => {
    const { id } = await put('eve', true);
    await click(id);

    const { consents } = await put('eve', { given: true, at: isoOf(now + hour) });

    expect(consents).toMatchObject({ marketing: { email: { given: false } } });
  });

  it('is believed where the client’s clock is a little ahead', async () => {
    const { id } = await put('fay', true);
    await click(id);

    const { consents } = await put('fay', { given: true, at: isoOf(now + 2_000) });

    expect(consents).toEqual({ marketing: { email: { given: true, at: isoOf(now) } } });
  });
});

describe('fault 3: a consent without a date', () => {
  it('does not outweigh a withdrawal: it is a copy of what the client holds', async () => {
    const { id } = await put('gus', true);
    await click(id);

    const { consents } = await put('gus', true);

    expect(consents).toMatchObject({ marketing: { email: { given: false } } });
  });

  it('does not move the date of the consent that is stored', async () => {
    await put('hal', { given: true, at: isoOf(now - hour) });

    const { consents } = await put('hal', true);

    expect(consents).toEqual({ marketing: { email: { given: true, at: isoOf(now - hour) } } });
  });
});

describe('R52: a null', () => {
  const facts = {
    email: 'ivy@example.com',
    phone: '+391',
    locale: 'it',
    timeZone: 'Europe/Rome',
    traits: { plan: 'pro', tier: { level: null } },
    consents: { marketing: { email: true }, service: { email: false } },
  };

  it('takes away an address, a field, a trait and a given consent, and no withdrawal', async () => {
    await api.admin.put('/v1/contacts/ivy').send(facts);

    const answer = await api.admin.put('/v1/contacts/ivy').send({
      email: null,
      phone: null,
      locale: null,
      timeZone: null,
      traits: { plan: null },
      consents: { marketing: { email: null }, service: { email: null } },
    });

    const body: unknown = answer.body;
    expect(answer.status).toBe(200);
    for (const gone of ['email', 'phone', 'locale', 'timeZone'])
      expect(body).not.toHaveProperty(gone);
    expect(body).toMatchObject({ traits: { tier: { level: null } } });
    expect(body).not.toHaveProperty('traits.plan');
    expect(body).toHaveProperty('consents', {
      service: { email: { given: false, at: isoOf(now) } },
    });
  });

  it('leaves nobody to be found by the address that went', async () => {
    await api.admin.put('/v1/contacts/jan').send({ email: 'jan@example.com' });
    await api.admin.put('/v1/contacts/jan').send({ email: null });

    const found = await api.store.contacts.find(workspace, { email: 'jan@example.com' });

    expect(found).toBeUndefined();
  });
});

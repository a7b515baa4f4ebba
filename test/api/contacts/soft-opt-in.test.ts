import { contactId, workspaceId } from '../../../src/core/ids';
import { now, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const workspace = workspaceId('default');
const at = '2026-03-01T10:00:00.000Z';
const basis = 'soft-opt-in';
const marketing = (email: unknown) => ({ consents: { marketing: { email } } });
const put = (ref: string, change: object) => api.admin.put(`/v1/contacts/${ref}`).send(change);

async function pageOf(body: unknown, set?: string): Promise<string> {
  const contact = contactId((body as { id: string }).id);
  const claim = { workspace, contact, channel: 'email', purpose: 'marketing' } as const;
  const path = new URL(api.deps.links.unsubscribeUrl(claim)).pathname;
  const answer = set
    ? await api.anonymous.post(path).query({ set })
    : await api.anonymous.get(path);
  return answer.text;
}

async function allow(softOptIn: boolean): Promise<void> {
  const home = await api.store.workspaces.find(workspace);
  await api.admin
    .put('/v1/workspace')
    .send({ ...home, id: undefined, softOptIn })
    .expect(200);
}

describe('a soft opt-in over the API', () => {
  it('is shown with its basis, by the contact and by the ledger', async () => {
    const answer = await put('ada', marketing({ given: true, at, basis }));

    const ledger = await api.admin.get('/v1/contacts/ada/consents');
    expect(answer.body).toMatchObject(marketing({ given: true, at, basis }));
    expect(ledger.body).toMatchObject({ data: [{ given: true, at, basis, source: 'api' }] });
  });

  it('is on for the person only where the workspace allows it', async () => {
    const contact = await put('bea', {
      email: 'bea@shop.test',
      ...marketing({ given: true, basis }),
    });

    await allow(false);
    const denied = await pageOf(contact.body);
    await allow(true);
    const allowed = await pageOf(contact.body);

    expect(denied).toContain('?set=marketing.email.on');
    expect(allowed).toContain('?set=marketing.email.off');
  });

  it('never undoes a withdrawal, and lifts nothing from the address', async () => {
    const contact = await put('cyd', {
      email: 'cyd@shop.test',
      ...marketing({ given: true, basis }),
    });
    await pageOf(contact.body, 'marketing.email.off');

    const later = new Date(now + 1).toISOString();
    const again = await put('cyd', marketing({ given: true, at: later, basis }));
    await put('dot', { email: 'cyd@shop.test', ...marketing({ given: true, at: later, basis }) });

    expect(again.body).toMatchObject(marketing({ given: false }));
    const suppressed = await api.store.suppressions.ofAddress(workspace, 'email', 'cyd@shop.test');
    expect(suppressed).toMatchObject([{ because: 'unsubscribed', purpose: 'marketing' }]);
  });

  it('becomes a consent once the person gives it, of which the ledger tells', async () => {
    await put('eve', marketing({ given: true, at, basis }));

    const answer = await put('eve', marketing(true));

    const ledger = await api.admin.get('/v1/contacts/eve/consents');
    expect(answer.body).not.toHaveProperty('consents.marketing.email.basis');
    expect(ledger.body).toMatchObject({ data: [{ given: true }, { given: true, basis }] });
    expect(ledger.body).not.toHaveProperty('data.0.basis');
  });

  it.each([
    [{ marketing: { sms: { given: true, basis } } }, '/consents/marketing/sms/basis'],
    [{ service: { email: { given: true, basis } } }, '/consents/service/email/basis'],
    [{ marketing: { email: { given: false, basis } } }, '/consents/marketing/email/basis'],
  ])('is refused where the law knows none: %j', async (consents, pointer) => {
    const answer = await put('fay', { consents });

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer, code: 'broken-rule' }] });
  });

  it('is stated by no foreign client, whose word of it is no consent either', async () => {
    const traits = { consents: { marketing: { email: { given: true, basis } } } };

    await api.admin.post('/v1/identify').send({ userId: 'gus', traits });

    const contact = await api.admin.get('/v1/contacts/gus');
    expect(contact.body).toMatchObject({ consents: {} });
    expect(contact.body).not.toHaveProperty('consents.marketing');
  });

  it('gives way in a merge to a consent of the person', async () => {
    const other = await put('hal', marketing({ given: true, at, basis }));
    const own = await put('ida', marketing({ given: true, at: '2026-02-01T00:00:00Z' }));
    const [one, two] = [other.body, own.body].map((body) => contactId((body as { id: string }).id));

    await api.store.contacts.merge(workspace, [one ?? contactId(''), two ?? contactId('')], now);

    const contact = await api.admin.get('/v1/contacts/hal');
    expect(contact.body).toMatchObject(marketing({ given: true, at: '2026-02-01T00:00:00.000Z' }));
    expect(contact.body).not.toHaveProperty('consents.marketing.email.basis');
  });
});

import type { Purpose } from '../../../src/core/channels';
import { contactId, workspaceId } from '../../../src/core/ids';
import { now, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const workspace = workspaceId('default');

async function linkOf(
  userId: string,
  purpose: Purpose = 'marketing',
): Promise<Readonly<{ id: string; path: string }>> {
  const consents = { marketing: { email: true }, service: { email: true } };
  const contact = await api.admin.put(`/v1/contacts/${userId}`).send({ consents });
  const { id } = contact.body as { id: string };
  const url = api.deps.links.unsubscribeUrl({
    workspace,
    contact: contactId(id),
    channel: 'email',
    purpose,
  });
  return { id, path: new URL(url).pathname };
}

describe('an unsubscribe link', () => {
  it('changes nothing when it is opened', async () => {
    const { path } = await linkOf('ada');

    const page = await api.anonymous.get(path);

    expect(page.status).toBe(200);
    expect(page.type).toBe('text/html');
    expect(page.text).toContain('<form method="post">');
    const contact = await api.admin.get('/v1/contacts/ada');
    expect(contact.body).toMatchObject({ consents: { marketing: { email: { given: true } } } });
  });

  it('withdraws its consent and no other by one click, once', async () => {
    const { path } = await linkOf('bea');
    const click = () =>
      api.anonymous.post(path).type('form').send({ 'List-Unsubscribe': 'One-Click' });

    const first = await click();
    const second = await click();

    expect([first.status, second.status]).toEqual([200, 200]);
    const contact = await api.admin.get('/v1/contacts/bea');
    expect(contact.body).toMatchObject({
      consents: { marketing: { email: { given: false } }, service: { email: { given: true } } },
    });
    const timeline = await api.admin.get('/v1/contacts/bea/timeline');
    expect(timeline.body).toMatchObject({
      data: [
        { event: { name: 'Unsubscribed', properties: { channel: 'email', purpose: 'marketing' } } },
      ],
    });
    expect(timeline.body).toHaveProperty('data.length', 1);
  });

  it('attack 12: is heard though a client has used the id of its event', async () => {
    const { id, path } = await linkOf('zoe');
    const taken = { name: 'Taken', contact: { userId: 'zoe' } };
    const event = { ...taken, id: `unsubscribe:${id}:marketing:email:${now}` };
    await api.admin.post('/v1/events').send(event).expect(202);

    await api.anonymous.post(path).type('form').send({ 'List-Unsubscribe': 'One-Click' });

    const timeline = await api.admin.get('/v1/contacts/zoe/timeline');
    expect(timeline.text).toContain('Unsubscribed');
  });

  it.each(['marketing', 'service'] as const)(
    'fault 2: names what it withdraws, before and after: %s by email',
    async (purpose) => {
      const { path } = await linkOf(`fay-${purpose}`, purpose);

      const pages = [await api.anonymous.get(path), await api.anonymous.post(path)];

      for (const { text } of pages)
        expect(text).toContain(`no more <b>${purpose}</b> messages by <b>email</b>`);
      const contact = await api.admin.get(`/v1/contacts/fay-${purpose}`);
      const other = purpose === 'service' ? 'marketing' : 'service';
      expect(contact.body).toMatchObject({
        consents: { [purpose]: { email: { given: false } }, [other]: { email: { given: true } } },
      });
    },
  );

  it('fault 2: promises nothing where the purpose cannot be withdrawn', async () => {
    const { path } = await linkOf('gus', 'transactional');

    const pages = [await api.anonymous.get(path), await api.anonymous.post(path)];

    for (const { text, status } of pages) {
      expect(status).toBe(200);
      expect(text).toContain('cannot be unsubscribed from');
      expect(text).not.toContain('<form');
    }
    const contact = await api.admin.get('/v1/contacts/gus');
    expect(contact.body).not.toHaveProperty('consents.transactional');
  });

  it('works again after a new consent', async () => {
    const { id, path } = await linkOf('cyd');
    await api.anonymous.post(path);
    const consents = { marketing: { email: { given: true, at: now + 1 } } };
    await api.store.contacts.change(workspace, contactId(id), { consents }, now + 1);

    await api.anonymous.post(path);

    const timeline = await api.admin.get('/v1/contacts/cyd/timeline');
    expect(timeline.body).toHaveProperty('data.length', 2);
  });

  it.each(['x', 'x.y', 'x.y.z', '%00', 'W10.AAAAAAAAAAAAAAAAAAAAAA'])(
    'that is not ours shows one and the same page: %s',
    async (token) => {
      const opened = await api.anonymous.get(`/u/${token}`);
      const clicked = await api.anonymous.post(`/u/${token}`);

      expect([opened.status, clicked.status]).toEqual([404, 404]);
      expect(opened.text).toContain('This link is not valid');
      expect(clicked.text).toBe(opened.text);
    },
  );

  it('of a contact that is gone shows that page too', async () => {
    const url = api.deps.links.unsubscribeUrl({
      workspace,
      contact: contactId('caaaaaaaaaaaaaaaa'),
      channel: 'email',
      purpose: 'marketing',
    });

    const clicked = await api.anonymous.post(new URL(url).pathname);

    expect(clicked.status).toBe(404);
  });
});

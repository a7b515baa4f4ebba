import { channels } from '../../../src/core/channels';
import { contactId } from '../../../src/core/ids';
import { openTestApi, type TestApi } from '../test-api';
import { linkOf, offeredIn, workspace } from './page-links';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const press = (path: string, set: string) => api.anonymous.post(path).query({ set }).type('form');

async function consentsOf(userId: string): Promise<unknown> {
  const contact = await api.admin.get(`/v1/contacts/${userId}`);
  return (contact.body as { consents: unknown }).consents;
}

async function raisedFor(userId: string): Promise<readonly unknown[]> {
  const timeline = await api.admin.get(`/v1/contacts/${userId}/timeline`);
  const { data } = timeline.body as { data: readonly { event?: { name: string } }[] };
  return data.flatMap(({ event }) => (event ? [event.name] : []));
}

const consented = { marketing: { email: { given: true, at: '2026-03-01T00:00:00Z' } } };

describe('a choice on the page', () => {
  it('turns off that purpose and channel alone', async () => {
    const path = await linkOf(api, 'gus', { phone: '+390612345678', consents: consented });

    const page = await press(path, 'service.sms.off');

    expect(page.text).toContain('Your choice is saved.');
    expect(offeredIn(page)).toContain('service.sms.on');
    expect(await consentsOf('gus')).toMatchObject({
      service: { sms: { given: false } },
      marketing: { email: { given: true } },
    });
    expect(await raisedFor('gus')).toEqual(['Unsubscribed']);
  });

  it('undoes a withdrawal, also by the address, and raises Subscribed once', async () => {
    const path = await linkOf(api, 'hal', { consents: consented });
    await api.anonymous.post(path).type('form').send({ 'List-Unsubscribe': 'One-Click' });

    await press(path, 'marketing.email.on');
    const page = await press(path, 'marketing.email.on');

    expect(offeredIn(page)).toContain('marketing.email.off');
    expect(await consentsOf('hal')).toMatchObject({ marketing: { email: { given: true } } });
    const suppressed = await api.admin.get('/v1/suppressions/hal@shop.test');
    expect(suppressed.body).toEqual({ data: [] });
    expect(await raisedFor('hal')).toEqual(['Subscribed', 'Unsubscribed']);
  });

  it('undoes the withdrawal of another contact with the address', async () => {
    const shared = { email: 'both@shop.test', consents: consented };
    const one = await linkOf(api, 'ida', shared);
    const other = await linkOf(api, 'jan', shared);
    await api.anonymous.post(other);
    const before = await api.anonymous.get(one);

    const after = await press(one, 'marketing.email.on');

    expect(offeredIn(before)).toContain('marketing.email.on');
    expect(offeredIn(after)).toContain('marketing.email.off');
    expect(await consentsOf('jan')).toMatchObject({ marketing: { email: { given: false } } });
  });

  it.each(['bounced', 'complained', 'do-not-contact'] as const)(
    'lifts no address that is %s, and says that nothing gets there',
    async (because) => {
      const address = `kim-${because}@shop.test`;
      const path = await linkOf(api, `kim-${because}`, { email: address });
      const about = { channel: 'email', address, because, at: 1 } as const;
      await api.store.suppressions.suppress(workspace, about);

      const page = await press(path, 'marketing.email.on');

      const left = await api.store.suppressions.ofAddress(workspace, 'email', address);
      expect(left).toMatchObject([{ because }]);
      expect(page.text).toContain('Nothing reaches you here at present');
    },
  );

  it('turns everything off at once, for channels to come as well', async () => {
    const path = await linkOf(api, 'lea', { consents: consented });

    const page = await press(path, 'all.off');
    await press(path, 'all.off');

    const off = { email: { given: false }, sms: { given: false } };
    expect(await consentsOf('lea')).toMatchObject({ marketing: off, service: off });
    expect(offeredIn(page).filter((set) => set.endsWith('.off'))).toEqual(['all.off']);
    expect(await raisedFor('lea')).toHaveLength(2 * channels.length);
  });

  it('is refused where the page does not offer it', async () => {
    const path = await linkOf(api, 'max', { consents: consented });

    const answers = [
      await press(path, 'transactional.email.off'),
      await press(path, 'all.on'),
      await press(path, ''),
      await api.anonymous.post(`${path}?set=all.off&set=marketing.email.on`),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(await consentsOf('max')).toMatchObject({ marketing: { email: { given: true } } });
  });

  it('is read from the query alone: a GET and a body change nothing', async () => {
    const path = await linkOf(api, 'ned', { consents: consented });

    await api.anonymous.get(path).query({ set: 'all.off' }).expect(200);
    const posted = await press(path, 'service.email.off').send({ set: 'all.off' });

    expect(posted.status).toBe(200);
    expect(await consentsOf('ned')).toMatchObject({
      service: { email: { given: false } },
      marketing: { email: { given: true } },
    });
  });

  it('answers a forged token as any other', async () => {
    const path = await linkOf(api, 'ora', { consents: consented });
    const forged = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`;

    const answers = [
      await press(forged, 'all.off'),
      await api.anonymous.post(forged),
      await api.anonymous.get('/u/x'),
    ];

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await consentsOf('ora')).toMatchObject({ marketing: { email: { given: true } } });
  });

  it('reaches the survivor of a merge, and nobody once the contact is erased', async () => {
    const path = await linkOf(api, 'pia', { consents: consented });
    const other = await api.admin.put('/v1/contacts/pia-2').send({ consents: consented });
    const first = await api.admin.get('/v1/contacts/pia');
    const ids = [first.body, other.body].map((body) => contactId((body as { id: string }).id));
    await api.deps.intake.ask(workspace, 'merge', {
      pair: [ids[0] ?? contactId(''), ids[1] ?? contactId('')],
    });

    await press(path, 'service.email.off');
    const merged = await consentsOf('pia');
    await api.admin.delete('/v1/contacts/pia').expect(202);
    const gone = [await api.anonymous.get(path), await press(path, 'service.email.on')];

    expect(merged).toMatchObject({ service: { email: { given: false } } });
    expect(gone.map(({ status }) => status)).toEqual([404, 404]);
  });

  it('holds under a storm of opposite clicks: the address and the contact agree', async () => {
    const path = await linkOf(api, 'quy', { consents: consented });
    const sets = Array.from(
      { length: 20 },
      (_none, n) => `marketing.email.${n % 2 ? 'on' : 'off'}`,
    );

    await Promise.all(sets.map((set) => press(path, set).expect(200)));
    await press(path, 'marketing.email.off');

    const suppressed = await api.store.suppressions.ofAddress(workspace, 'email', 'quy@shop.test');
    expect(await consentsOf('quy')).toMatchObject({ marketing: { email: { given: false } } });
    expect(suppressed).toMatchObject([{ because: 'unsubscribed', purpose: 'marketing' }]);
  });
});

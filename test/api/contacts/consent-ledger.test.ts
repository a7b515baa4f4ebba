import { contactId, workspaceId } from '../../../src/core/ids';
import { now, openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const workspace = workspaceId('default');
const said = '2026-03-01T10:00:00.000Z';
const received = new Date(now).toISOString();
const email = (word: unknown) => ({ consents: { marketing: { email: word } } });
const put = (ref: string, change: object) => api.admin.put(`/v1/contacts/${ref}`).send(change);

type Line = Readonly<Record<string, unknown>>;

async function ledgerOf(ref: string, query = ''): Promise<readonly Line[]> {
  const answer = await api.admin.get(`/v1/contacts/${ref}/consents${query}`).expect(200);
  return (answer.body as { data: readonly Line[] }).data;
}

async function linkOf(ref: string): Promise<string> {
  const contact = await api.admin.get(`/v1/contacts/${ref}`);
  const { id } = contact.body as { id: string };
  const claim = {
    workspace,
    contact: contactId(id),
    channel: 'email',
    purpose: 'marketing',
  } as const;
  return new URL(api.deps.links.unsubscribeUrl(claim)).pathname;
}

describe('GET /v1/contacts/{ref}/consents', () => {
  it('tells what a client has stated, with its circumstances', async () => {
    const circumstances = {
      textVersion: 'privacy-4',
      evidence: { form: '/news', ip: '192.0.2.1' },
    };

    const answer = await put('ada', email({ given: true, at: said, ...circumstances }));

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject(email({ given: true, at: said }));
    expect(answer.text).not.toContain('192.0.2.1');
    expect(await ledgerOf('ada')).toEqual([
      {
        contact: (answer.body as { id: string }).id,
        ...{ purpose: 'marketing', channel: 'email', given: true, at: said },
        ...{ recordedAt: received, source: 'api', ...circumstances },
      },
    ]);
  });

  it('tells by which way each word came, latest first', async () => {
    await put('bea', { email: 'bea@shop.test' });
    const consents = { consents: { marketing: { email: { given: true, at: said } } } };
    await api.admin.post('/v1/identify').send({ userId: 'bea', traits: consents });
    const path = await linkOf('bea');
    await api.anonymous.post(path).type('form').send({ 'List-Unsubscribe': 'One-Click' });
    await api.anonymous.post(path);
    await api.anonymous.post(`${path}?set=marketing.email.on`);
    await put('bea', email(null));

    const lines = await ledgerOf('bea');

    expect(lines.map(({ source, given }) => [source, given])).toEqual([
      ['api', null],
      ['preference-page', true],
      ['link', false],
      ['connector:segment', true],
    ]);
  });

  it('has no line for what did not count: copies, repeats, older words', async () => {
    await put('cyd', email({ given: false, at: said }));
    await put('cyd', email(true));
    await put('cyd', email({ given: true, at: '2026-02-01T00:00:00Z' }));
    await put('cyd', email(false));
    await put('cyd', email(false));

    expect(await ledgerOf('cyd')).toHaveLength(1);
  });

  it('goes page by page', async () => {
    for (const day of [1, 2, 3, 4, 5]) {
      await put('dot', email({ given: day % 2 === 0, at: `2026-02-0${day}T00:00:00Z` }));
    }

    const first = await api.admin.get('/v1/contacts/dot/consents?limit=3');
    const { nextCursor } = first.body as { nextCursor: string };
    const second = await ledgerOf('dot', `?limit=3&cursor=${nextCursor}`);

    const all = [...(first.body as { data: readonly Line[] }).data, ...second];
    expect(all.map(({ at }) => String(at).slice(8, 10))).toEqual(['05', '04', '03', '02', '01']);
  });

  it('is in the export of the contact', async () => {
    await put('eve', email({ given: true, at: said, evidence: { form: '/news' } }));

    const found = await api.admin.get('/v1/contacts/eve/export').expect(200);

    expect(found.body).toMatchObject({
      consents: [{ source: 'api', evidence: { form: '/news' } }],
    });
  });

  it('tells of an erased contact that it consented, without evidence', async () => {
    const evidence = { form: 'canary' };
    const created = await put('fay', email({ given: true, at: said, textVersion: '3', evidence }));
    const { id } = created.body as { id: string };
    await api.admin.delete('/v1/contacts/fay').expect(202);
    await api.deps.intake.drain();

    const lines = await ledgerOf(id);

    expect(lines).toMatchObject([{ given: true, at: said, textVersion: '3' }]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  it('has the lines of a contact that was merged into it', async () => {
    await put('gus', email({ given: true, at: said }));
    const visit = { anonymousId: 'v1', traits: { consents: { service: { email: false } } } };
    await api.admin.post('/v1/identify').send(visit);
    await api.admin.post('/v1/identify').send({ userId: 'gus', anonymousId: 'v1' });
    await api.deps.intake.drain();

    const lines = await ledgerOf('gus');

    expect(lines.map(({ purpose, source }) => [purpose, source])).toEqual(
      expect.arrayContaining([
        ['service', 'connector:segment'],
        ['service', 'merge'],
        ['marketing', 'api'],
      ]),
    );
  });

  it('knows nobody who is unknown', async () => {
    await api.admin.get('/v1/contacts/nobody/consents').expect(404);
  });

  it.each([
    { textVersion: '' },
    { textVersion: 'x'.repeat(101) },
    { evidence: { form: 'x'.repeat(501) } },
    { evidence: { $where: 'x' } },
    { evidence: { 'a.b': 'x' } },
    { evidence: { form: { deep: true } } },
    { evidence: ['x'] },
  ])('refuses %j', async (circumstances) => {
    const answer = await put('hal', email({ given: true, at: said, ...circumstances }));

    expect(answer.status).toBe(400);
  });

  it('refuses more evidence than it keeps', async () => {
    const names = Array.from({ length: 21 }, (_none, n) => [`fact${n}`, 'x'] as const);
    const evidence = Object.fromEntries(names);

    const answer = await put('ida', email({ given: true, at: said, evidence }));

    expect(answer.status).toBe(400);
  });
});

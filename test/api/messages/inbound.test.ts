import { createReportReaders } from '../../../src/channels/report-readers';
import { workspaceId } from '../../../src/core/ids';
import { fromTwilio, secrets, textToWhatsApp, type Posted } from '../../support/signed-reports';
import { openTestApi, type TestApi } from '../test-api';

const workspace = workspaceId('default');
const reports = createReportReaders(
  {
    email: 'smtp://127.0.0.1',
    sms: `twilio://AC1:${secrets.twilio}@api.example?from=%2B15005550006`,
    whatsapp: 'whatsapp://1:t@graph.example',
  },
  { email: [], sms: [], whatsapp: [secrets.whatsapp] },
);

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi({ reports });
});
afterAll(() => api.close());

async function post({ path, headers, body }: Posted): Promise<object> {
  return (await api.anonymous.post(path).set(headers).send(body)).body as object;
}

const bySms = (From: string, Body: string, named: Record<string, string> = { workspace }) =>
  post(fromTwilio(api.deps.links.origin, { From, Body }, named));

async function aPerson(phone: string): Promise<void> {
  const consents = { marketing: { sms: true, whatsapp: true } };
  await api.admin.put(`/v1/contacts/p${phone.slice(1)}`).send({ phone, consents });
}

async function consentsOf(phone: string): Promise<unknown> {
  const answer = await api.admin.get(`/v1/contacts/p${phone.slice(1)}`);
  return (answer.body as { consents: unknown }).consents;
}

const against = (channel: 'sms' | 'whatsapp', phone: string) =>
  api.store.suppressions.ofAddress(workspace, channel, phone);

const given = (word: boolean) => expect.objectContaining({ given: word }) as unknown;

describe('STOP and START of a person', () => {
  it('close the number and withdraw the consents of its channel, and take both back', async () => {
    const phone = '+393330000001';
    await aPerson(phone);

    const stopped = await bySms(phone, 'Stop');
    await bySms(phone, 'STOP');
    const closed = await against('sms', phone);
    const withdrawn = await consentsOf(phone);
    await bySms(phone, 'START');

    expect(stopped).toEqual({ taken: 1, left: 0 });
    expect(closed.some(({ purpose }) => purpose === undefined)).toBe(true);
    expect(withdrawn).toMatchObject({ marketing: { sms: given(false), whatsapp: given(true) } });
    expect(await against('sms', phone)).toEqual([]);
    expect(await consentsOf(phone)).toMatchObject({ marketing: { sms: given(true) } });
  });

  it('stand in the ledger of consents, as words of the person', async () => {
    const phone = '+393330000002';
    await aPerson(phone);
    await bySms(phone, 'stop');

    const answer = await api.admin.get(`/v1/contacts/p${phone.slice(1)}/consents`);

    expect((answer.body as { data: object[] }).data).toContainEqual(
      expect.objectContaining({ purpose: 'marketing', channel: 'sms', source: 'inbound' }),
    );
  });

  it('count by WhatsApp for WhatsApp', async () => {
    const phone = '+393330000003';
    await aPerson(phone);

    await post(textToWhatsApp(workspace, phone.slice(1), 'basta'));

    expect(await against('whatsapp', phone)).not.toEqual([]);
    expect(await against('sms', phone)).toEqual([]);
  });

  it('hold for a number that nobody here has', async () => {
    const phone = '+393330000004';

    await bySms(phone, 'STOP');

    expect(await against('sms', phone)).toMatchObject([{ because: 'unsubscribed' }]);
  });

  it('never open what bounced, and give no consent that was not there', async () => {
    const phone = '+393330000005';
    await api.admin.put(`/v1/contacts/p${phone.slice(1)}`).send({ phone });
    const bounced = { channel: 'sms', address: phone, because: 'bounced', at: 1 } as const;
    await api.store.suppressions.suppress(workspace, bounced);

    await bySms(phone, 'START');

    expect(await against('sms', phone)).toMatchObject([{ because: 'bounced' }]);
    expect(await consentsOf(phone)).toEqual({});
  });

  it('are none in a longer text, without a workspace, or for one that is not there', async () => {
    const phone = '+393330000006';

    const longer = await bySms(phone, 'Please do not stop');
    const nowhere = await bySms(phone, 'STOP', { of: 'nobody' });
    const unknown = await bySms(phone, 'STOP', { workspace: 'nobody' });

    expect([longer, nowhere]).toEqual([
      { taken: 0, left: 0 },
      { taken: 0, left: 0 },
    ]);
    expect(unknown).toEqual({ taken: 0, left: 1 });
    expect(await against('sms', phone)).toEqual([]);
  });
});

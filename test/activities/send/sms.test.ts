import type { OutgoingSms } from '../../../src/channels/sms/sms';
import { smsTaking } from '../../support/channels';
import { noon } from '../../support/intake';
import { smsTemplate } from '../../support/plain-template';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const step = {
  channels: ['sms', 'email'],
  templates: { sms: 'short' },
  purpose: 'marketing',
} as const;

async function stand(phone: string | null) {
  const texts: OutgoingSms[] = [];
  const sending = await standOnSend(opened.store, step, { sms: smsTaking(texts) });
  const { id } = sending.shop.workspace;
  const stored = { contentHash: 'short', at: noon };
  await opened.store.templates.put(id, await smsTemplate('short'), stored);
  const given = { given: true, at: noon };
  await sending.change({ phone, consents: { marketing: { email: given, sms: given } } });
  return { sending, texts };
}

describe('a message of which text messages are the first channel', () => {
  it('goes to the telephone, by the template of that channel', async () => {
    const { sending, texts } = await stand('+39 333 123 45 67');

    await sending.send();

    const text = 'short http://127.0.0.1/u/marketing-sms';
    const { workspace, id: message } = (await sending.message()) ?? {};
    const reportsTo = 'http://127.0.0.1/hooks/providers/twilio';
    expect(texts).toEqual([
      { to: '+393331234567', text, reference: { workspace, message }, reportsTo },
    ]);
    expect(sending.delivered).toEqual([]);
    expect(await sending.message()).toMatchObject({
      ...{ status: 'sent', channel: 'sms', provider: 'twilio', providerId: 'SM1' },
      template: 'short',
    });
  });

  it.each([null, '333 1234567'])(
    'goes by e-mail to whom no number leads, such as %j',
    async (phone) => {
      const { sending, texts } = await stand(phone);

      await sending.send();

      expect(texts).toEqual([]);
      expect(sending.delivered).toMatchObject([{ to: 'ada@shop.test', subject: 'reminder' }]);
      expect(await sending.message()).toMatchObject({ channel: 'email', template: 'reminder' });
    },
  );

  it('goes by e-mail where the number is suppressed, in whatever form it is written', async () => {
    const { sending, texts } = await stand('0039 (333) 123-45.67');
    const { id } = sending.shop.workspace;
    const number = { channel: 'sms', address: '+393331234567' } as const;
    const unsubscribed = { ...number, because: 'unsubscribed', purpose: 'marketing' } as const;
    await opened.store.suppressions.suppress(id, { ...unsubscribed, at: noon });

    await sending.send();

    expect(texts).toEqual([]);
    expect(sending.delivered).toMatchObject([{ to: 'ada@shop.test', subject: 'reminder' }]);
    expect(await sending.message()).toMatchObject({ status: 'sent', channel: 'email' });
  });
});

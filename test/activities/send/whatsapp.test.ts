import type { ProviderAnswer } from '../../../src/channels/channel';
import type { OutgoingSms } from '../../../src/channels/sms/sms';
import type { OutgoingWhatsApp } from '../../../src/channels/whatsapp/cloud-api';
import type { ContactChange } from '../../../src/core/contacts/contact';
import { smsTaking, whatsappTaking } from '../../support/channels';
import { noon } from '../../support/intake';
import { smsTemplate, whatsappTemplate } from '../../support/plain-template';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const phone = '+39 333 123 45 67';
const number = '+393331234567';
const yes = { given: true, at: noon };
const no = { given: false, at: noon };
const everywhere = { email: yes, sms: yes, whatsapp: yes };

const step = {
  channels: ['whatsapp', 'sms', 'email'],
  templates: { whatsapp: 'chat', sms: 'short' },
  purpose: 'marketing',
} as const;

async function stand(change: ContactChange, answer?: ProviderAnswer) {
  const chats: OutgoingWhatsApp[] = [];
  const texts: OutgoingSms[] = [];
  const sending = await standOnSend(opened.store, step, {
    whatsapp: whatsappTaking(chats, answer),
    sms: smsTaking(texts),
  });
  const { id } = sending.shop.workspace;
  const stored = { contentHash: 'first', at: noon };
  await opened.store.templates.put(id, await whatsappTemplate('chat'), stored);
  await opened.store.templates.put(id, await smsTemplate('short'), stored);
  await sending.change(change);
  const suppress = (channel: 'whatsapp' | 'sms', because: 'bounced' | 'do-not-contact') =>
    opened.store.suppressions.suppress(id, { channel, address: number, because, at: noon });
  const taken = () => [
    ...chats.map(({ to }) => `whatsapp ${to}`),
    ...texts.map(({ to }) => `sms ${to}`),
    ...sending.delivered.map(({ to }) => `email ${to}`),
  ];
  return { sending, chats, taken, suppress };
}

describe('a message by WhatsApp, else by text message, else by e-mail', () => {
  it('goes by WhatsApp with the values of its places, and a way out of that channel', async () => {
    const traits = { firstName: 'Ada' };
    const { sending, chats, taken } = await stand({
      ...{ phone, traits },
      consents: { marketing: everywhere },
    });

    await sending.send();

    expect(taken()).toEqual([`whatsapp ${number}`]);
    const unsubscribe = 'http://127.0.0.1/u/marketing-whatsapp';
    expect(chats).toMatchObject([
      {
        ...{ template: 'chat', language: 'en_US', text: `chat for Ada ${unsubscribe}` },
        filled: [{ part: 'body', values: [{ text: 'Ada' }, { text: unsubscribe }] }],
      },
    ]);
    expect(await sending.message()).toMatchObject({
      ...{ status: 'sent', channel: 'whatsapp', provider: 'whatsapp', providerId: 'wamid.1' },
      template: 'chat',
    });
  });

  it.each<[string, ContactChange, string]>([
    [
      'text message where WhatsApp was never consented to',
      { phone, consents: { marketing: { email: yes, sms: yes } } },
      `sms ${number}`,
    ],
    [
      'text message where WhatsApp was refused',
      { phone, consents: { marketing: { ...everywhere, whatsapp: no } } },
      `sms ${number}`,
    ],
    [
      'e-mail where it alone was consented to',
      { phone, consents: { marketing: { email: yes } } },
      'email ada@shop.test',
    ],
    ['e-mail without a number', { consents: { marketing: everywhere } }, 'email ada@shop.test'],
    [
      'e-mail with a number of no country',
      { phone: '333 1234567', consents: { marketing: everywhere } },
      'email ada@shop.test',
    ],
  ])('goes by %s', async (_what, change, road) => {
    const { sending, taken } = await stand(change);

    await sending.send();

    expect(taken()).toEqual([road]);
    expect(await sending.message()).toMatchObject({ status: 'sent' });
  });

  it('goes by text message where WhatsApp does not know the number', async () => {
    const { sending, taken, suppress } = await stand({
      phone,
      consents: { marketing: everywhere },
    });
    await suppress('whatsapp', 'bounced');

    await sending.send();

    expect(taken()).toEqual([`sms ${number}`]);
  });

  it('closes WhatsApp alone to a number that it refuses for good', async () => {
    const refused: ProviderAnswer = {
      kind: 'refused',
      because: 'address-refused',
      detail: '400 131026',
    };
    const { sending } = await stand({ phone, consents: { marketing: everywhere } }, refused);

    await sending.send();

    const { id } = sending.shop.workspace;
    const { ofAddress } = opened.store.suppressions;
    expect(await sending.message()).toMatchObject({ status: 'failed', because: 'address-refused' });
    expect(await ofAddress(id, 'whatsapp', number)).toMatchObject([{ because: 'bounced' }]);
    expect(await ofAddress(id, 'sms', number)).toEqual([]);
  });

  it('says why it goes nowhere by the channel that it prefers', async () => {
    const { sending, taken, suppress } = await stand({
      ...{ phone, email: null },
      consents: { marketing: { whatsapp: yes } },
    });
    await suppress('whatsapp', 'do-not-contact');

    await sending.send();

    expect(taken()).toEqual([]);
    expect(await sending.message()).toMatchObject({
      ...{ status: 'skipped', channel: 'whatsapp', because: 'do-not-contact' },
    });
  });

  it('stays with the channel of its claim, whatever is consented to by then', async () => {
    const { sending, taken } = await stand({ phone, consents: { marketing: everywhere } });
    await sending.send();
    await sending.change({ consents: { marketing: { whatsapp: no } } });

    await sending.send({ attempt: 2 });

    expect(taken()).toEqual([`whatsapp ${number}`]);
    expect(await sending.message()).toMatchObject({ status: 'sent', channel: 'whatsapp' });
  });
});

import type { OutgoingEmail } from '../../../src/channels/email/outgoing-email';
import { envelopeAddressOf } from '../../../src/core/contacts/email-address';
import { emailMessageIdOf } from '../../../src/channels/email/checked-mail';
import { createSmtp } from '../../../src/channels/email/smtp/smtp';
import { startMailServer, type MailServer, delivering } from './mail-server';
import { aReference } from '../../support/reference';

const anEmail: OutgoingEmail = {
  from: { name: 'Shop', address: 'hello@shop.example' },
  to: 'giulia@example.com',
  subject: 'Your basket',
  html: '<p>Hello</p>',
  text: 'Hello',
  messageId: emailMessageIdOf('key', 'shop.example'),
  reference: aReference,
};

const badAddresses = [
  '',
  'nobody',
  '@example.com',
  'a@',
  'a@b@example.com',
  'a@example.com, b@example.com',
  'a@example.com;b@example.com',
  'a@example.com b@example.com',
  'a@example.com\r\nBcc: b@example.com',
  'a@example.com\nRCPT TO:<b@example.com>',
  'a@example.com\u0000',
  'a@example.com\n',
  'a@exa\r\nmple.com',
  'a@exa\tmple.com',
  'a@example.com\u2028Bcc: b@example.com',
  '"a b"@example.com',
  '"evil@example.org"@example.com',
  'Giulia <a@example.com>',
  '<a@example.com>',
  'friends:a@example.com,b@example.com;',
  'a(comment)@example.com',
  'a@example.com(comment)',
  'a@[127.0.0.1]',
  'a@-example.com',
  'a@example..com',
  'a＠example.com',
  'à@example.com',
  `${'a'.repeat(65)}@example.com`,
  `a@${'example.'.repeat(40)}com`,
];

let server: MailServer;
let smtp: ReturnType<typeof delivering<OutgoingEmail>>;

beforeEach(async () => {
  server = await startMailServer();
  smtp = delivering(createSmtp({ url: server.url }));
});

afterEach(async () => {
  smtp.close();
  await server.stop();
});

describe('injection', () => {
  it.each(badAddresses)('a recipient that is not one plain address is refused: %j', async (to) => {
    const receipt = await smtp.deliver({ ...anEmail, to }, 'key');

    expect(receipt).toMatchObject({ kind: 'refused', because: 'address-refused' });
    expect(server.delivered).toHaveLength(0);
  });

  it.each(badAddresses)(
    'a sender or reply address that is not plain is refused: %j',
    async (address) => {
      const fromIt = await smtp.deliver({ ...anEmail, from: { address } }, 'key');
      const replyToIt = await smtp.deliver({ ...anEmail, replyTo: { address } }, 'key');

      expect([fromIt, replyToIt]).toMatchObject([{ kind: 'refused' }, { kind: 'refused' }]);
      expect(server.delivered).toHaveLength(0);
    },
  );

  it.each(['\r\n', '\n', '\r', '\r\n\r\n', '\u0000', '\u2028', '\u0085', '\u000b'])(
    'a header value keeps to its line: %j',
    async (separator) => {
      const hostile = `Hello${separator}Bcc: b@example.org${separator}X-Evil: yes`;

      await smtp.deliver(
        { ...anEmail, subject: hostile, from: { name: hostile, address: 'hello@shop.example' } },
        'key',
      );

      const { envelopeTo, email } = server.delivered[0] ?? {};
      expect(envelopeTo).toEqual(['giulia@example.com']);
      expect(email?.headers.map(({ key }) => key)).not.toContain('x-evil');
      expect(email?.bcc).toBeUndefined();
      expect(email?.subject).toBe('Hello Bcc: b@example.org X-Evil: yes');
      expect(email?.from).toEqual({
        name: 'Hello Bcc: b@example.org X-Evil: yes',
        address: 'hello@shop.example',
      });
    },
  );

  it.each([
    '"Shop" <evil@example.org>',
    'Shop, evil@example.org',
    'Shop <evil@example.org>, Other',
    'group: evil@example.org;',
    '=?utf-8?Q?evil?=',
  ])('a display name stays a name: %j', async (name) => {
    await smtp.deliver({ ...anEmail, from: { name, address: 'hello@shop.example' } }, 'key');

    expect(server.delivered[0]?.email.from).toEqual(
      expect.objectContaining({ address: 'hello@shop.example' }),
    );
    expect(server.delivered[0]?.envelopeTo).toEqual(['giulia@example.com']);
  });

  it.each([
    '=?utf-8?Q?=0D=0ABcc:_b@example.org?=',
    '=?UTF-8?B?DQpCY2M6IGJAZXhhbXBsZS5vcmc=?=',
    'Your =?utf-8?q?=E2=80=AEevil?= basket',
    'Caffè =?utf-8?Q?=0D=0AX-Evil:_yes?=',
    '=?utf-8?Q?=0D?= =?utf-8?Q?=0A?=',
    '=?iso-8859-1*en?Q?=0Aevil?=',
    '"=?utf-8?Q?=0Aevil?="',
    '=\n?utf-8?Q?=0Aevil?=',
    '==??utf-8?Q?=0Aevil?=',
  ])('attack 13: an encoded word is read as it is written: %j', async (hostile) => {
    const from = { name: hostile, address: 'hello@shop.example' };

    await smtp.deliver({ ...anEmail, subject: hostile, from }, 'key');

    const { email } = server.delivered[0] ?? {};
    const read = [email?.subject, email?.from?.name].map((text) => text?.replace(/\s/g, ''));
    const written = hostile.replace(/\s/g, '');
    expect(read[0]).toBe(written);
    expect(read[1]?.replaceAll('"', '')).toBe(written.replaceAll('"', ''));
    expect(email?.headers.map(({ key }) => key)).not.toContain('x-evil');
  });

  it.each([
    'javascript:alert(1)',
    'https://shop.example/u/a b',
    'https://shop.example/u/a>, <https://evil.example',
    'https://shop.example/u/a\r\nBcc: b@example.org',
    'https://',
  ])('an unsubscribe link that could leave its header is refused: %j', async (url) => {
    const receipt = await smtp.deliver({ ...anEmail, unsubscribe: { url } }, 'key');

    expect(receipt).toMatchObject({ kind: 'refused', because: 'content-refused' });
  });

  it.each(['key@shop.example', '<key>', '<a@b>\r\nX: y', '<a b@c>', '<a@b><c@d>'])(
    'a Message-ID that is not one is refused: %j',
    async (messageId) => {
      const receipt = await smtp.deliver({ ...anEmail, messageId }, 'key');

      expect(receipt).toMatchObject({ kind: 'refused', because: 'content-refused' });
    },
  );
});

describe('a plain address', () => {
  it.each([
    'a@example.com',
    "o'hara+shop@mail.example.co.uk",
    'first.last@localhost',
    'a_b-c@x-y.example',
  ])('stays as it is: %s', (address) => {
    expect(envelopeAddressOf(address)).toBe(address);
  });

  it('has its international domain in ASCII', () => {
    expect(envelopeAddressOf('anna@caffè.example')).toBe('anna@xn--caff-8oa.example');
  });
});

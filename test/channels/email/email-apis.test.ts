import type { GatewayAnswer } from '../../../dev/mailbox/gateway/protocol';
import { brevoFault } from '../../../dev/mailbox/gateway/brevo';
import { resendFault } from '../../../dev/mailbox/gateway/resend';
import { sesFault } from '../../../dev/mailbox/gateway/ses';
import { createEmailProvider } from '../../../src/channels/email/email-providers';
import { startGateway, type GatewayServer } from '../providers/gateway-server';
import { email } from '../providers/over-http';
import { delivering } from './mail-server';

const urls = {
  resend: (host: string) => `resend://re_1@${host}`,
  brevo: (host: string) => `brevo://xkeysib-1@${host}`,
  ses: (host: string) => `ses://AKIA1:se%2Fcret@${host}?region=eu-south-1`,
};
type Name = keyof typeof urls;
const names = Object.keys(urls) as Name[];

describe('an e-mail by the API of a provider', () => {
  let server: GatewayServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function deliverBy(name: Name, answer?: GatewayAnswer, changes: object = {}) {
    server ??= await startGateway({ answer: () => answer });
    const provider = createEmailProvider(urls[name](server.host));
    return delivering(provider).deliver({ ...email, ...changes }, 'key');
  }

  it.each(names)('arrives as it was written: %s', async (name) => {
    await deliverBy(name);

    expect(server?.taken).toMatchObject([
      {
        provider: name,
        to: 'giulia@example.com',
        from: 'ciao@bottega.example',
        subject: 'Il tuo carrello',
        text: 'Ciao',
        html: '<p>Ciao</p>',
        headers: {
          'List-Unsubscribe': '<https://bottega.example/u/1>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ]);
  });

  it.each(['resend', 'brevo'] as const)('is delivered once under one key: %s', async (name) => {
    const first = await deliverBy(name);
    const second = await deliverBy(name);

    expect(second).toEqual(first);
    expect(server?.taken).toHaveLength(1);
  });

  it.each(names)('has no second recipient or header: %s', async (name) => {
    const two = await deliverBy(name, undefined, { to: 'giulia@example.com, eve@evil.example' });
    await deliverBy(name, undefined, { subject: 'Ciao\r\nBcc: eve@evil.example' });

    expect(two).toMatchObject({ kind: 'refused', because: 'address-refused' });
    expect(server?.taken).toMatchObject([{ subject: 'Ciao Bcc: eve@evil.example' }]);
    expect(Object.keys(server?.taken[0]?.headers ?? {}).sort()).toEqual([
      'List-Unsubscribe',
      'List-Unsubscribe-Post',
      'X-Itinera-Message',
      ...(name === 'brevo' ? ['X-Mailin-custom'] : []),
    ]);
  });

  it.each([
    ['resend', resendFault(403, 'validation_error', 'The domain is not verified'), 'blocked'],
    ['resend', resendFault(429, 'daily_quota_exceeded', 'Quota'), 'blocked'],
    ['resend', resendFault(409, 'concurrent_idempotent_requests', 'Busy'), 'deferred'],
    ['resend', resendFault(502, '', ''), 'unanswered'],
    ['resend', { status: 200, body: {} }, 'unanswered'],
    ['brevo', brevoFault(402, 'not_enough_credits', 'Credits'), 'blocked'],
    ['brevo', brevoFault(400, 'invalid_parameter', 'sender is not valid'), 'blocked'],
    ['ses', sesFault(400, 'MessageRejected', 'Email address is not verified'), 'blocked'],
    ['ses', sesFault(400, 'SendingPausedException', 'Paused'), 'blocked'],
    ['ses', sesFault(403, 'AccessDeniedException', 'No'), 'unauthorized'],
  ] as const)('is in trouble: %s %j', async (name, answer, kind) => {
    await expect(deliverBy(name, answer)).rejects.toMatchObject({ kind });
  });

  it.each([
    ['resend', resendFault(422, 'validation_error', 'Invalid `to` giulia@example.com')],
    ['brevo', brevoFault(400, 'invalid_parameter', 'giulia@example.com: email is not valid in to')],
    ['ses', sesFault(400, 'BadRequestException', 'Illegal address giulia@example.com')],
  ] as const)('is refused in words without an address: %s', async (name, answer) => {
    const refused = await deliverBy(name, answer);

    expect(refused).toMatchObject({ kind: 'refused', because: 'address-refused' });
    expect(JSON.stringify(refused)).not.toContain('giulia');
  });

  it.each(names)('has not left where nobody listens: %s', async (name) => {
    server = await startGateway();
    await server.stop();

    await expect(deliverBy(name)).rejects.toMatchObject({ kind: 'unreachable' });
    server = undefined;
  });
});

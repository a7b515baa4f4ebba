import { createReportReaders } from '../../../src/channels/report-readers';
import type { MessageReport } from '../../../src/core/messages/report';
import { aReference } from '../../support/reference';
import {
  fromBrevo,
  fromResend,
  fromTwilio,
  fromWhatsApp,
  secrets,
  type Posted,
} from '../../support/signed-reports';

const origin = 'https://itinera.example';
const now = Date.parse('2026-03-02T09:00:00.000Z');

function readersFor(email: string) {
  return createReportReaders(
    {
      email,
      sms: `twilio://AC1:${secrets.twilio}@api.twilio.com?from=%2B15005550006`,
      whatsapp: 'whatsapp://1061:EAAG1@graph.facebook.com',
    },
    {
      email: [
        'an-older-secret-of-ours',
        email.startsWith('resend') ? secrets.resend : secrets.brevo,
      ],
      sms: [],
      whatsapp: [secrets.whatsapp],
    },
  );
}

function read(posted: Posted, at = now): readonly MessageReport[] | undefined {
  const provider = /providers\/(\w+)/.exec(posted.path)?.[1] ?? '';
  const reader = readersFor(`${provider === 'brevo' ? 'brevo' : 'resend'}://key@api.example`);
  const { headers, body, path } = posted;
  const delivery = { headers, rawBody: Buffer.from(body), url: `${origin}${path}`, now: at };
  const said = reader.get(provider)?.read(delivery);
  return said?.filter((each) => 'reference' in each);
}

const resend = (type: string, data = {}) => fromResend(type, aReference, { now, data });
const brevo = (event: string, more = {}) => fromBrevo(event, aReference, more);
const twilio = (fields: Record<string, string>) => fromTwilio(origin, fields, aReference);
const whatsapp = (status: object) => fromWhatsApp([{ ...status }], aReference);

const permanent = { kind: 'bounced', isPermanent: true } as const;
const tap = { link: 'https://shop.example/a', userAgent: 'Mozilla/5.0 (iPhone) Safari/604.1' };

describe('a report', () => {
  it.each([
    ['Resend', resend('email.delivered'), { kind: 'delivered', providerId: 're-1' }],
    ['Resend', resend('email.bounced', { bounce: { type: 'Permanent' } }), permanent],
    ['Resend', resend('email.complained'), { kind: 'complained', address: 'giulia@example.com' }],
    ['Resend', resend('email.clicked', { click: tap }), { kind: 'clicked', link: tap.link }],
    ['Resend', resend('email.opened', { open: { userAgent: 'Mozilla/5.0' } }), { isMachine: true }],
    ['Brevo', brevo('delivered'), { kind: 'delivered', providerId: '<b-1@brevo>' }],
    ['Brevo', brevo('hard_bounce', { reason: '550 5.1.1 no user' }), permanent],
    ['Brevo', brevo('spam'), { kind: 'complained' }],
    ['Brevo', brevo('unique_proxy_open'), { kind: 'opened', isMachine: true }],
    ['Twilio', twilio({ MessageStatus: 'delivered' }), { kind: 'delivered', providerId: 'SM1' }],
    ['Twilio', twilio({ MessageStatus: 'undelivered', ErrorCode: '30006' }), permanent],
    ['WhatsApp', whatsapp({ status: 'delivered' }), { kind: 'delivered', at: 1_700_000_000_000 }],
    ['WhatsApp', whatsapp({ status: 'read' }), { kind: 'opened', address: '+393331234567' }],
    ['WhatsApp', whatsapp({ status: 'failed', errors: [{ code: 131026 }] }), permanent],
  ] as const)('of %s names its message and what became of it (%#)', (_name, posted, meant) => {
    expect(read(posted)).toEqual([expect.objectContaining({ reference: aReference, ...meant })]);
  });

  it.each([
    ['Resend', resend('email.bounced', { bounce: { type: 'Transient', message: 'Mailbox full' } })],
    ['Brevo', brevo('soft_bounce', { reason: 'Mailbox full' })],
    ['Twilio', twilio({ MessageStatus: 'undelivered', ErrorCode: '30003' })],
    ['WhatsApp', whatsapp({ status: 'failed', errors: [{ code: 131049, title: 'Mailbox full' }] })],
  ] as const)('of %s on a bounce that may pass closes nothing', (_name, posted) => {
    expect(read(posted)).toEqual([expect.not.objectContaining({ isPermanent: true })]);
    expect(read(posted)).toEqual([expect.objectContaining({ kind: 'bounced' })]);
  });

  it('keeps no address in the words of a provider', () => {
    const bounce = { type: 'Permanent', message: 'giulia@example.com or +39 333 1234567 unknown' };

    const [report] = read(resend('email.bounced', { bounce })) ?? [];

    expect(report?.detail).toBe('Permanent … or …unknown');
  });

  it('of several messages is one each', () => {
    const posted = fromWhatsApp([{ status: 'delivered' }, { status: 'read' }], aReference);

    expect(read(posted)?.map(({ kind }) => kind)).toEqual(['delivered', 'opened']);
  });

  it('that says nothing new, or is about no message of ours, is left out', () => {
    expect(read(resend('email.sent'))).toEqual([]);
    expect(read(resend('email.delivered', { tags: {} }))).toEqual([]);
    expect(read(brevo('delivered', { 'X-Mailin-custom': 'other' }))).toEqual([]);
    expect(read(whatsapp({ status: 'sent' }))).toEqual([]);
    expect(read(twilio({ MessageStatus: 'queued' }))).toEqual([]);
  });

  it('is never from the future', () => {
    const posted = brevo('delivered', { ts_epoch: now + 3_600_000 });

    expect(read(posted)).toEqual([expect.objectContaining({ at: now })]);
  });
});

describe('a forged report', () => {
  const genuine = {
    Resend: resend('email.delivered'),
    Brevo: brevo('delivered'),
    Twilio: twilio({ MessageStatus: 'delivered' }),
    WhatsApp: whatsapp({ status: 'delivered' }),
  };
  const signatures = [
    'svix-signature',
    'authorization',
    'x-twilio-signature',
    'x-hub-signature-256',
  ];

  describe.each(Object.entries(genuine))('of %s', (name, posted) => {
    const withHeaders = (change: (value: string) => string) => ({
      ...posted,
      headers: Object.fromEntries(
        Object.entries(posted.headers).map(([key, value]) => [
          key,
          signatures.includes(key) ? change(value) : value,
        ]),
      ),
    });

    it('without a signature, or with a part of one, is refused', () => {
      expect(read(posted)).toHaveLength(1);
      expect(read(withHeaders(() => ''))).toBeUndefined();
      expect(read(withHeaders((value) => value.slice(0, -1)))).toBeUndefined();
      expect(read(withHeaders((value) => `${value}a`))).toBeUndefined();
    });

    it('with another body is refused, where the body is signed', () => {
      if (name === 'Brevo') return;
      const other = posted.body.replace('delivered', 'complained');
      expect(other).not.toBe(posted.body);
      expect(read({ ...posted, body: other })).toBeUndefined();
    });
  });

  it('for another message is refused by Twilio, whose URL is signed', () => {
    const posted = twilio({ MessageStatus: 'delivered' });

    expect(read({ ...posted, path: posted.path.replace('first', 'second') })).toBeUndefined();
  });

  it('that was recorded long ago is refused', () => {
    expect(read(resend('email.delivered'), now + 10 * 60_000)).toBeUndefined();
  });

  it('is refused where there is no secret', () => {
    const readers = createReportReaders(
      {
        email: 'resend://k@api.example',
        sms: 'twilio://a:b@c?from=1',
        whatsapp: 'whatsapp://1:t@g',
      },
      { email: [], sms: [], whatsapp: [] },
    );
    const { headers, body, path } = resend('email.delivered');
    const delivery = { headers, rawBody: Buffer.from(body), url: `${origin}${path}`, now };

    expect(readers.get('resend')?.read(delivery)).toBeUndefined();
    expect(readers.get('smtp')).toBeUndefined();
  });
});

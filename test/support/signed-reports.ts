import { createHmac } from 'node:crypto';
import { signatureOf } from '../../src/channels/sms/twilio-reports';
import type { MessageReference } from '../../src/core/messages/report';

/** A request of a provider, as it would come. */
export type Posted = Readonly<{
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The path and query that it asks. */
  path: string;
}>;

export const secrets = {
  resend: `whsec_${Buffer.from('a secret of Resend').toString('base64')}`,
  brevo: 'a-token-for-brevo',
  whatsapp: 'the-secret-of-an-app',
  twilio: 'the-token-of-twilio',
};

/** Signs a webhook as Resend does: https://docs.svix.com/receiving/verifying-payloads/how-manual */
export function fromResend(
  type: string,
  reference: MessageReference,
  { now, data = {} }: Readonly<{ now: number; data?: object }>,
): Posted {
  const tags = { workspace: reference.workspace, message: reference.message.replaceAll('.', '_') };
  const body = JSON.stringify({
    type,
    created_at: new Date(now - 1_000).toISOString(),
    data: { email_id: 're-1', to: ['giulia@example.com'], tags, ...data },
  });
  const [id, stamp] = ['msg_1', String(Math.floor(now / 1_000))];
  const key = Buffer.from(secrets.resend.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${stamp}.${body}`).digest('base64');
  return {
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': stamp,
      'svix-signature': `v1,b3RoZXI= v1,${mac}`,
    },
    body,
    path: '/hooks/providers/resend',
  };
}

export function fromBrevo(event: string, reference: MessageReference, more: object = {}): Posted {
  const text = `${reference.workspace}/${reference.message}`;
  return {
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${secrets.brevo}`,
    },
    body: JSON.stringify({
      event,
      email: 'giulia@example.com',
      'message-id': '<b-1@brevo>',
      ts_epoch: 1_700_000_000_000,
      'X-Mailin-custom': text,
      ...more,
    }),
    path: '/hooks/providers/brevo',
  };
}

export function fromTwilio(
  origin: string,
  fields: Readonly<Record<string, string>>,
  named: Readonly<Record<string, string>>,
): Posted {
  const form = new URLSearchParams({ MessageSid: 'SM1', To: '+393331234567', ...fields });
  const path = `/hooks/providers/twilio?${new URLSearchParams(named).toString()}`;
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf(secrets.twilio, `${origin}${path}`, form),
    },
    body: form.toString(),
    path,
  };
}

export function fromWhatsApp(
  statuses: readonly Readonly<Record<string, unknown>>[],
  reference: MessageReference,
): Posted {
  const named = statuses.map((status) => ({
    id: 'wamid.1',
    timestamp: '1700000000',
    recipient_id: '393331234567',
    biz_opaque_callback_data: `${reference.workspace}/${reference.message}`,
    ...status,
  }));
  return signedByApp({ statuses: named }, '/hooks/providers/whatsapp');
}

/** A text of a person to the number of a workspace. */
export function textToWhatsApp(workspace: string, from: string, body: string): Posted {
  const messages = [{ id: 'wamid.2', from, timestamp: '1700000000', type: 'text', text: { body } }];
  return signedByApp({ messages }, `/hooks/providers/whatsapp?workspace=${workspace}`);
}

function signedByApp(value: object, path: string): Posted {
  const body = JSON.stringify({ entry: [{ changes: [{ value }] }] });
  const mac = createHmac('sha256', secrets.whatsapp).update(body).digest('hex');
  return {
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${mac}` },
    body,
    path,
  };
}

import { createHmac } from 'node:crypto';
import type { ReportKind } from '../../core/events/message-event';
import type { MessageReport, ReadReports } from '../../core/messages/report';
import { accountIn } from '../http/account';
import { referenceIn } from '../http/reference';
import { isSameSecret } from '../http/standard-webhook';

const kinds: Readonly<Record<string, ReportKind>> = {
  delivered: 'delivered',
  undelivered: 'bounced',
  failed: 'bounced',
  read: 'opened',
};

/** No such number, or a landline: nothing will ever reach it. */
const permanent = ['30005', '30006', '21211', '21614'];

/**
 * Reads the status callbacks of Twilio. It asks the URL that each message was sent with, and signs
 * it with the token of the account.
 * https://www.twilio.com/docs/usage/security#validating-requests
 */
export function readTwilioReports(account: string): ReadReports {
  const { secret } = accountIn(account);
  return ({ headers, rawBody, url, now }) => {
    const form = new URLSearchParams(Buffer.from(rawBody).toString());
    const given = String(headers['x-twilio-signature'] ?? '');
    if (!isSameSecret(given, signatureOf(secret, url, form))) return undefined;
    const report = reportIn(form, new URL(url).searchParams, now);
    return report ? [report] : [];
  };
}

function reportIn(
  form: URLSearchParams,
  named: URLSearchParams,
  now: number,
): MessageReport | undefined {
  const kind = kinds[form.get('MessageStatus') ?? ''];
  const reference = referenceIn(`${named.get('workspace')}/${named.get('message')}`);
  if (!kind || !reference) return undefined;
  const [providerId, address, code] = ['MessageSid', 'To', 'ErrorCode'].map((name) =>
    form.get(name),
  );
  return {
    reference,
    kind,
    at: now,
    ...(providerId && { providerId }),
    ...(address && { address }),
    ...(code && { detail: code }),
    ...(code && permanent.includes(code) && { isPermanent: true }),
  };
}

/** The URL, followed by each field in the order of their names, without anything between. */
export function signatureOf(token: string, url: string, form: URLSearchParams): string {
  const fields = [...form].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const signed = url + fields.map((field) => field.join('')).join('');
  return createHmac('sha1', token).update(signed).digest('base64');
}

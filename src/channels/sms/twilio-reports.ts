import { createHmac } from 'node:crypto';
import type { ReportKind } from '../../core/events/message-event';
import { workspaceId } from '../../core/ids';
import { inboundWordIn, type InboundMessage } from '../../core/messages/inbound';
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
 * Reads the callbacks of Twilio. It asks the URL that a message was sent with, and for answers of
 * people that of the number. It signs both with the token of the account.
 * https://www.twilio.com/docs/usage/security#validating-requests
 */
export function readTwilioReports(account: string): ReadReports {
  const { secret } = accountIn(account);
  return ({ headers, rawBody, url, now }) => {
    const form = new URLSearchParams(Buffer.from(rawBody).toString());
    const given = String(headers['x-twilio-signature'] ?? '');
    if (!isSameSecret(given, signatureOf(secret, url, form))) return undefined;
    const named = new URL(url).searchParams;
    const said = reportIn(form, named, now) ?? answerIn(form, named);
    return said ? [said] : [];
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

/** Twilio says itself where it has obeyed a word of its own languages. */
function answerIn(form: URLSearchParams, named: URLSearchParams): InboundMessage | undefined {
  const word = inboundWordIn(form.get('OptOutType') ?? form.get('Body') ?? '');
  const [from, workspace] = [form.get('From'), named.get('workspace')];
  if (!word || !from || !workspace || form.has('MessageStatus')) return undefined;
  return { workspace: workspaceId(workspace), from, word };
}

/** The URL, followed by each field in the order of their names, without anything between. */
export function signatureOf(token: string, url: string, form: URLSearchParams): string {
  const fields = [...form].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const signed = url + fields.map((field) => field.join('')).join('');
  return createHmac('sha1', token).update(signed).digest('base64');
}

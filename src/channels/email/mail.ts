import type { SendMailOptions } from 'nodemailer';
import { envelopeAddressOf } from '../../core/contacts/email-address';
import type { ProviderAnswer } from '../channel';
import type { Mailbox, OutgoingEmail } from './outgoing-email';

type Refused = Extract<ProviderAnswer, { kind: 'refused' }>;
type Mail = Readonly<{ kind: 'mail'; options: SendMailOptions }>;

/**
 * The message as nodemailer takes it. Every header value is checked here, and nothing is left for
 * it to parse.
 */
export function mailOf(email: OutgoingEmail, digest: string): Mail | Refused {
  const { subject, html, text, messageId } = email;
  const to = envelopeAddressOf(email.to);
  const from = mailboxOf(email.from);
  const replyTo = mailboxOf(email.replyTo ?? email.from);
  const unsubscribe = unsubscribeHeaders(email.unsubscribe);
  if (to === undefined)
    return refused('address-refused', 'The recipient is not one plain e-mail address.');
  if (!from)
    return refused(
      'content-refused',
      'The sender is not one plain e-mail address: correct the workspace.',
    );
  if (!replyTo)
    return refused(
      'content-refused',
      'The reply address is not one plain e-mail address: correct the workspace.',
    );
  if (!unsubscribe) return refused('content-refused', 'The unsubscribe link is no http(s) URL.');
  if (!messageIdForm.test(messageId))
    return refused('content-refused', 'The Message-ID is not of the form <id@domain>.');

  const options: SendMailOptions = {
    from,
    ...(email.replyTo && { replyTo }),
    to: { name: '', address: to },
    envelope: { from: from.address, to: [to] },
    subject: headerText(subject),
    html,
    text,
    messageId,
    headers: { ...unsubscribe, 'X-Itinera-Message': digest },
    xMailer: false,
  };
  return { kind: 'mail', options };
}

const messageIdForm = /^<[!-;=?A-~]+@[A-Za-z0-9.-]+>$/;

function refused(because: Refused['because'], detail: string): Refused {
  return { kind: 'refused', because, detail };
}

function mailboxOf({ name = '', address }: Mailbox): { name: string; address: string } | undefined {
  const plain = envelopeAddressOf(address);
  return plain === undefined ? undefined : { name: headerText(name), address: plain };
}

/**
 * Keeps the text on a line: a control character could start another header. `=?` could begin an
 * encoded word (RFC 2047), which readers decode to any character.
 */
function headerText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('=?', '= ?')
    .trim();
}

function unsubscribeHeaders(
  unsubscribe: OutgoingEmail['unsubscribe'],
): Record<string, string> | undefined {
  if (!unsubscribe) return {};
  const { url } = unsubscribe;
  if (!/^https?:\/\/[!-;=?-~]+$/.test(url) || !URL.canParse(url)) return undefined;
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { envelopeAddressOf } from '../../core/contacts/email-address';
import type { ProviderAnswer } from '../channel';
import type { Mailbox, OutgoingEmail } from './outgoing-email';

type Refused = Extract<ProviderAnswer, { kind: 'refused' }>;

/** A mailbox with one plain address. Its name is one line, or empty. */
export type CheckedMailbox = Readonly<{ name: string; address: string }>;

/** A message with checked header values. No provider has to parse one. */
export type CheckedMail = Omit<OutgoingEmail, 'from' | 'replyTo' | 'unsubscribe'> &
  Readonly<{
    kind: 'mail';
    from: CheckedMailbox;
    replyTo?: CheckedMailbox;
    /** Those that are neither addresses, subject nor Message-ID. */
    headers: Readonly<Record<string, string>>;
  }>;

/** Checks what becomes a header. `digest` names the message to its receivers. */
export function checkedMail(email: OutgoingEmail, digest: string): CheckedMail | Refused {
  const { subject, html, text, messageId, reference } = email;
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
  return {
    kind: 'mail',
    from,
    ...(email.replyTo && { replyTo }),
    to,
    subject: headerText(subject),
    html,
    text,
    messageId,
    reference,
    headers: { ...unsubscribe, 'X-Itinera-Message': digest },
  };
}

/** A mailbox as a header writes it (RFC 5322, 3.4), with the name in quotes. */
export function lineOf({ name, address }: CheckedMailbox): string {
  return name === '' ? address : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`;
}

/** The Message-ID of a message: equal on every attempt, telling nothing about the key. */
export function emailMessageIdOf(key: string, domain: string): string {
  return `<${digestOf(key)}@${domainToASCII(domain)}>`;
}

/** Names a message without saying anything of it: equal on every attempt. */
export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 40);
}

const messageIdForm = /^<[!-;=?A-~]+@[A-Za-z0-9.-]+>$/;

function refused(because: Refused['because'], detail: string): Refused {
  return { kind: 'refused', because, detail };
}

function mailboxOf({ name = '', address }: Mailbox): CheckedMailbox | undefined {
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

import { askProvider } from '../../http/ask-provider';
import { providerOfMails } from '../provider-of-mails';
import type { EmailProvider } from '../outgoing-email';
import { accountIn } from '../../http/account';
import { referenceText } from '../../http/reference';
import { reportedHeader } from './brevo-reports';
import { brevoMeaningOf } from './brevo-answer';

/** The URL of the account, and a limit that tests shorten, in real milliseconds. */
export type BrevoOptions = Readonly<{ url: string; answerMs?: number }>;

/**
 * Carries e-mail over the API of Brevo, or of whatever speaks it. It drops a repeat with the same
 * key for a quarter of an hour, which is shorter than a message may wait for its next attempt: so
 * nothing counts as de-duplicated. https://developers.brevo.com/reference/sendtransacemail
 */
export function createBrevo({ url, answerMs = 30_000 }: BrevoOptions): EmailProvider {
  const { origin, secret, slots } = accountIn(url);
  return providerOfMails({
    name: 'brevo',
    repeatsDroppedMs: 15 * 60_000,
    slots,
    ask: (mail, digest) => {
      const { from, replyTo, to, subject, html, text, headers, reference } = mail;
      return askProvider({
        name: 'Brevo',
        address: `${origin}/v3/smtp/email`,
        headers: { 'api-key': secret, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          sender: mailboxOf(from),
          to: [{ email: to }],
          ...(replyTo && { replyTo: mailboxOf(replyTo) }),
          subject,
          htmlContent: html,
          textContent: text,
          headers: {
            ...headers,
            idempotencyKey: uuidOf(digest),
            [reportedHeader]: referenceText(reference),
          },
        }),
        answerMs,
        meaningOf: brevoMeaningOf,
      });
    },
  });
}

type Mailbox = Readonly<{ name: string; address: string }>;

function mailboxOf({ name, address }: Mailbox) {
  return name === '' ? { email: address } : { name, email: address };
}

/** Brevo takes a UUID alone. The digits of version 8 are free (RFC 9562). */
function uuidOf(digest: string): string {
  const [a, b, c, d, e] = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(13, 16),
    digest.slice(17, 20),
    digest.slice(20, 32),
  ];
  return `${a}-${b}-8${c}-8${d}-${e}`;
}

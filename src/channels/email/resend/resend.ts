import { askProvider } from '../../http/ask-provider';
import { lineOf } from '../checked-mail';
import { providerOfMails } from '../provider-of-mails';
import type { EmailProvider } from '../outgoing-email';
import { accountIn } from '../../http/account';
import { referenceTags } from '../../http/reference';
import { resendMeaningOf } from './resend-answer';

/** The URL of the account, and a limit that tests shorten, in real milliseconds. */
export type ResendOptions = Readonly<{ url: string; answerMs?: number }>;

/**
 * Carries e-mail over the API of Resend, or of whatever speaks it. It drops a repeat with the same
 * key for 24 hours. https://resend.com/docs/api-reference/emails/send-email
 */
export function createResend({ url, answerMs = 30_000 }: ResendOptions): EmailProvider {
  const { origin, secret, slots } = accountIn(url);
  return providerOfMails({
    name: 'resend',
    repeatsDroppedMs: 24 * 3_600_000,
    slots,
    ask: (mail, digest) => {
      const { from, replyTo, to, subject, html, text, headers, reference } = mail;
      return askProvider({
        name: 'Resend',
        address: `${origin}/emails`,
        headers: {
          Authorization: `Bearer ${secret}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': digest,
        },
        body: JSON.stringify({
          from: lineOf(from),
          to: [to],
          ...(replyTo && { reply_to: lineOf(replyTo) }),
          subject,
          html,
          text,
          headers,
          tags: Object.entries(referenceTags(reference)).map(([name, value]) => ({ name, value })),
        }),
        answerMs,
        meaningOf: resendMeaningOf,
      });
    },
  });
}

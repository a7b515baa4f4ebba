import type { Instant } from '../../../src/core/time/clock';
import { readMailbox, type ReceivedMail } from '../../mailbox/read-mailbox';
import type { Arrival } from '../verdict/compare';

/**
 * A mail and the instant at which it was first seen: its own Date header knows whole seconds only,
 * an hour of virtual time.
 */
export type SeenMail = Arrival & Readonly<{ messageId: string }>;

type Watch = Readonly<{
  mailbox: string;
  now: () => Instant;
  onMail: (mail: SeenMail) => void;
}>;

export type MailboxWatch = Readonly<{
  look: () => Promise<void>;
  /** Everything seen so far, in the order of arrival. */
  seen: () => readonly SeenMail[];
}>;

export function watchMailbox({ mailbox, now, onMail }: Watch): MailboxWatch {
  const seen = new Map<string, SeenMail>();
  return {
    look: async () => {
      const mails = await readMailbox(mailbox);
      const at = now();
      for (const mail of mails.filter(({ id }) => !seen.has(id))) {
        const first = seenMailOf(mail, at);
        seen.set(mail.id, first);
        onMail(first);
      }
    },
    seen: () => [...seen.values()],
  };
}

function seenMailOf({ to, subject, text, headers }: ReceivedMail, at: Instant): SeenMail {
  return { to, subject, text, at, messageId: String(headers['message-id'] ?? '') };
}

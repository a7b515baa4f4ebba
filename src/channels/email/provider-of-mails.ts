import type { ProviderAnswer } from '../channel';
import { providerOfRequests } from '../http/ask-provider';
import { checkedMail, digestOf, type CheckedMail } from './checked-mail';
import type { EmailProvider } from './outgoing-email';

type Mails = Pick<EmailProvider, 'name' | 'repeatsDroppedMs' | 'slots'> &
  Readonly<{
    /** Hands a checked mail over. `digest` names it, and is equal on every attempt. */
    ask(mail: CheckedMail, digest: string): Promise<ProviderAnswer>;
  }>;

/** A provider of e-mail over HTTP. A mail that cannot be a header safely never reaches it. */
export function providerOfMails({ ask, ...rest }: Mails): EmailProvider {
  return providerOfRequests({
    ...rest,
    deliver: async (email, key) => {
      const digest = digestOf(key);
      const checked = checkedMail(email, digest);
      return checked.kind === 'refused' ? checked : ask(checked, digest);
    },
  });
}

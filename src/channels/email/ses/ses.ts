import { AwsClient } from 'aws4fetch';
import { askProvider } from '../../http/ask-provider';
import { lineOf, type CheckedMail } from '../checked-mail';
import { providerOfMails } from '../provider-of-mails';
import type { EmailProvider } from '../outgoing-email';
import { accountIn } from '../../http/account';
import { referenceTags } from '../../http/reference';
import { sesMeaningOf } from './ses-answer';

/** The URL of the account, and a limit that tests shorten, in real milliseconds. */
export type SesOptions = Readonly<{ url: string; answerMs?: number }>;

/**
 * Carries e-mail over the API of Amazon SES (version 2), or of whatever speaks it. It knows no
 * idempotency key, so nothing is de-duplicated. `region` in the URL overrules that of the host.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export function createSes({ url, answerMs = 30_000 }: SesOptions): EmailProvider {
  const { id, secret, origin, slots, settings } = accountIn(url);
  const region = settings.get('region') ?? regionIn(origin);
  const configuration = settings.get('configurationSet') ?? undefined;
  const client = new AwsClient({
    accessKeyId: id,
    secretAccessKey: secret,
    service: 'ses',
    ...(region !== undefined && { region }),
  });
  return providerOfMails({
    name: 'ses',
    repeatsDroppedMs: 0,
    slots,
    ask: async (mail) => {
      const body = JSON.stringify(requestOf(mail, configuration));
      const address = `${origin}/v2/email/outbound-emails`;
      const { headers } = await client.sign(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      return askProvider({
        name: 'Amazon SES',
        address,
        headers: Object.fromEntries(headers),
        body,
        answerMs,
        meaningOf: sesMeaningOf,
      });
    },
  });
}

/** Such as `eu-south-1` in `email.eu-south-1.amazonaws.com`. */
function regionIn(origin: string): string | undefined {
  return /\/\/email(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com/.exec(origin)?.[1];
}

function requestOf(
  { from, replyTo, to, subject, html, text, headers, reference }: CheckedMail,
  configuration: string | undefined,
) {
  return {
    FromEmailAddress: lineOf(from),
    Destination: { ToAddresses: [to] },
    ...(replyTo && { ReplyToAddresses: [lineOf(replyTo)] }),
    Content: {
      Simple: {
        Subject: printed(subject),
        Body: { Html: printed(html), Text: printed(text) },
        Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
      },
    },
    EmailTags: Object.entries(referenceTags(reference)).map(([Name, Value]) => ({ Name, Value })),
    ...(configuration !== undefined && { ConfigurationSetName: configuration }),
  };
}

function printed(Data: string) {
  return { Data, Charset: 'UTF-8' };
}

import { DomainError } from '../../core/domain-error';
import type { MessageReference } from '../../core/messages/report';
import type { Provider } from '../channel';
import { accountIn } from '../http/account';
import { askProvider, providerOfRequests } from '../http/ask-provider';
import { twilioMeaningOf } from './twilio-answer';

/** The URL of the account, and a limit that tests shorten, in real milliseconds. */
export type TwilioOptions = Readonly<{
  /**
   * Such as `twilio://AC…:token@api.twilio.com?from=%2B393331234567`, or with
   * `messagingServiceSid=MG…` in place of `from`. `maxConnections` says how many messages are
   * handed over at a time; ten by default. On this machine it speaks plain HTTP.
   */
  url: string;
  answerMs?: number;
}>;

type Message = Readonly<{
  to: string;
  text: string;
  reference: MessageReference;
  reportsTo?: string;
}>;

/**
 * Carries text messages over the Messages resource of Twilio, or of whatever speaks it. It knows no
 * idempotency key, so nothing is de-duplicated.
 */
export function createTwilio({ url, answerMs = 30_000 }: TwilioOptions): Provider<Message> {
  const { address, authorization, sender, slots } = accountOf(url);
  return providerOfRequests({
    name: 'twilio',
    repeatsDroppedMs: 0,
    slots,
    deliver: ({ to, text, ...reported }) =>
      askProvider({
        name: 'Twilio',
        address,
        headers: { Authorization: authorization },
        body: new URLSearchParams({
          To: to,
          Body: text,
          ...sender,
          ...callbackOf(address, reported),
        }),
        answerMs,
        meaningOf: twilioMeaningOf,
      }),
  });
}

/** Twilio refuses a message that names a URL which is not public. */
function callbackOf(
  address: string,
  { reference, reportsTo = '' }: Pick<Message, 'reference' | 'reportsTo'>,
): Readonly<Record<string, string>> {
  const isHeard = reportsTo.startsWith('https:') || address.startsWith('http:');
  if (reportsTo === '' || !isHeard) return {};
  return { StatusCallback: `${reportsTo}?${new URLSearchParams({ ...reference }).toString()}` };
}

type TwilioAccount = Readonly<{
  address: string;
  authorization: string;
  sender: Readonly<Record<string, string>>;
  slots: number;
}>;

function accountOf(url: string): TwilioAccount {
  const { id, secret, origin, slots, settings } = accountIn(url);
  const sender = senderIn(settings);
  if (!/^twilio:\/\/[^:@]+:[^@]+@/.test(url) || !sender) {
    throw new DomainError(
      'invalid',
      'SMS_URL: give twilio://<account sid>:<token>@api.twilio.com?from=<number with %2B>, or messagingServiceSid=<sid> in place of from',
    );
  }
  return {
    address: `${origin}/2010-04-01/Accounts/${encodeURIComponent(id)}/Messages.json`,
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
    sender,
    slots,
  };
}

function senderIn(parameters: URLSearchParams): TwilioAccount['sender'] | undefined {
  const [from, service] = [parameters.get('from'), parameters.get('messagingServiceSid')];
  if (service) return { MessagingServiceSid: service };
  return from ? { From: from } : undefined;
}

import { DomainError } from '../../core/domain-error';
import { isThisMachine } from '../../core/this-machine';
import type { Provider } from '../channel';
import { connectionsIn } from '../connections';
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

type Message = Readonly<{ to: string; text: string }>;

const usualConnections = 10;

/**
 * Carries text messages over the Messages resource of Twilio, or of whatever speaks it. It knows no
 * idempotency key, so nothing is de-duplicated.
 */
export function createTwilio({ url, answerMs = 30_000 }: TwilioOptions): Provider<Message> {
  const account = accountOf(url);
  const { address, authorization, sender } = account;
  return providerOfRequests({
    name: 'twilio',
    repeatsDroppedMs: 0,
    slots: account.maxConnections,
    deliver: ({ to, text }) =>
      askProvider({
        name: 'Twilio',
        address,
        headers: { Authorization: authorization },
        body: new URLSearchParams({ To: to, Body: text, ...sender }),
        answerMs,
        meaningOf: twilioMeaningOf,
      }),
  });
}

type Account = Readonly<{
  address: string;
  authorization: string;
  sender: Readonly<Record<string, string>>;
  maxConnections: number;
}>;

function accountOf(url: string): Account {
  const parsed = new URL(url);
  const { host, hostname, username, password, searchParams } = parsed;
  const sender = senderIn(searchParams);
  if (!/^twilio:\/\/[^:@]+:[^@]+@/.test(url) || !sender) {
    throw new DomainError(
      'invalid',
      'SMS_URL: give twilio://<account sid>:<token>@api.twilio.com?from=<number with %2B>, or messagingServiceSid=<sid> in place of from',
    );
  }
  const [sid, token] = [decodeURIComponent(username), decodeURIComponent(password)];
  const origin = `${isThisMachine(hostname) ? 'http' : 'https'}://${host}`;
  return {
    address: `${origin}/2010-04-01/Accounts/${encodeURIComponent(sid)}/Messages.json`,
    authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`,
    sender,
    maxConnections: connectionsIn(parsed, usualConnections),
  };
}

function senderIn(parameters: URLSearchParams): Account['sender'] | undefined {
  const [from, service] = [parameters.get('from'), parameters.get('messagingServiceSid')];
  if (service) return { MessagingServiceSid: service };
  return from ? { From: from } : undefined;
}

import { DomainError } from '../../core/domain-error';
import type { TroubleKind } from '../../core/messages/trouble';
import { isThisMachine } from '../../core/this-machine';
import { ProviderTrouble, type Provider, type ProviderAnswer } from '../channel';
import { connectionsIn } from '../connections';
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
  return {
    name: 'twilio',
    deduplicates: false,
    slots: account.maxConnections,
    take: () =>
      Promise.resolve({
        deliver: (message) => deliver(account, message, answerMs),
        release: () => undefined,
      }),
    close: () => undefined,
  };
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

async function deliver(
  { address, authorization, sender }: Account,
  { to, text }: Message,
  answerMs: number,
): Promise<ProviderAnswer> {
  const response = await answered(() =>
    fetch(address, {
      method: 'POST',
      headers: { Authorization: authorization },
      body: new URLSearchParams({ To: to, Body: text, ...sender }),
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    }),
  );
  const body = await answered(() => response.text());
  const meaning = twilioMeaningOf(response.status, jsonOf(body));
  if (meaning.kind !== 'trouble') return meaning;
  const retryAfterMs = retryAfterOf(response);
  throw new ProviderTrouble(meaning.text, {
    kind: meaning.trouble,
    status: meaning.status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

async function answered<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    throw new ProviderTrouble('The gateway of text messages did not answer.', {
      kind: kindOf(cause),
      cause,
    });
  }
}

/** Before there is a connection nothing has left. */
const beforeConnection = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

function kindOf(error: unknown): TroubleKind {
  const code = partOf(partOf(error, 'cause'), 'code');
  return beforeConnection.some((each) => each === code) ? 'unreachable' : 'unanswered';
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** RFC 9110, section 10.2.3: seconds, or an instant. Instants are not heeded. */
function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('Retry-After') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

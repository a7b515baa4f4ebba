import { isThisMachine } from '../../../core/this-machine';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { TroubleKind } from '../../../core/messages/trouble';
import { ProviderTrouble, type ProviderAnswer, type Slot } from '../../channel';
import { connectionsIn } from '../../connections';
import { checkedMail, digestOf } from '../checked-mail';
import { mailOf } from './mail';
import type { EmailProvider, OutgoingEmail } from '../outgoing-email';
import { meaningOf, smtpFailureOf, type SmtpFailure } from './smtp-answer';
import { pauseIn, statusOf } from './smtp-reply';
import { DeliveryFailed, openSession, type SmtpServer, type SmtpSession } from './smtp-session';

/** The URL of the mail server, and limits that tests shorten, in milliseconds. */
export type SmtpOptions = Readonly<{
  /**
   * Such as `smtp://user:secret@mail.example.org:587?maxConnections=10`; `smtps:` speaks TLS from
   * the first byte. Without `maxConnections` there are five. Without `requireTLS` a server on
   * another machine has to offer STARTTLS.
   */
  url: string;
  timeouts?: SmtpTimeouts;
}>;

/**
 * Limits in real milliseconds. They bound the way to the greeting, the time between two answers,
 * and one delivery in all.
 */
export type SmtpTimeouts = Readonly<{ connectMs?: number; answerMs?: number; deliveryMs?: number }>;

const usualConnections = 5;
/** Servers limit the mails of a session, and close idle ones (RFC 5321: five minutes). */
const mostMails = 100;
const longestIdleMs = 240_000;

type Open = Readonly<{ session: SmtpSession; mails: number; since: number }>;

/**
 * Carries e-mail over SMTP, a connection for each slot. SMTP knows no idempotency key, so nothing
 * is de-duplicated: the Message-ID and `X-Itinera-Message` only help receivers to recognize a
 * repeat.
 */
export function createSmtp({ url, timeouts = {} }: SmtpOptions): EmailProvider {
  const { deliveryMs = 90_000 } = timeouts;
  const server = serverOf(url, timeouts);
  const idle: Open[] = [];
  let isClosed = false;

  async function take(): Promise<Slot<OutgoingEmail>> {
    const { session, mails } = (await readyAmong(idle)) ?? (await open(server, deliveryMs));
    let isSound = true;
    return {
      deliver: async (email, key) => {
        try {
          return await deliver(session, { email, key, limitMs: deliveryMs });
        } catch (error) {
          isSound = error instanceof ProviderTrouble && hasAnswered.includes(error.kind);
          throw error;
        }
      },
      release: () => {
        const isKept = isSound && !isClosed && mails + 1 < mostMails;
        if (isKept) idle.push({ session, mails: mails + 1, since: performance.now() });
        else session.close();
      },
    };
  }

  const close = () => {
    isClosed = true;
    for (const { session } of idle.splice(0)) session.close();
  };
  return { name: 'smtp', repeatsDroppedMs: 0, slots: server.maxConnections, take, close };
}

/** After an answer about the message the session goes on. */
const hasAnswered: readonly TroubleKind[] = ['deferred', 'blocked'];

type Server = SmtpServer & Readonly<{ maxConnections: number }>;

function serverOf(url: string, { connectMs = 10_000, answerMs = 60_000 }: SmtpTimeouts): Server {
  return {
    ...parseConnectionUrl(url),
    maxConnections: connectionsIn(new URL(url), usualConnections),
    requireTLS: requiresTls(url),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: answerMs,
  };
}

/**
 * True where neither credentials nor mails may go out in clear. On this machine they may, and
 * elsewhere if the URL says `requireTLS=false`.
 */
export function requiresTls(url: string): boolean {
  const { hostname, searchParams } = new URL(url);
  const written = searchParams.get('requireTLS');
  if (written !== null) return written !== 'false';
  return !isThisMachine(hostname);
}

/** The session used last that still takes a mail. Others that have ended are closed. */
async function readyAmong(idle: Open[]): Promise<Open | undefined> {
  for (let last = idle.pop(); last; last = idle.pop()) {
    const isYoung = performance.now() - last.since < longestIdleMs;
    if (isYoung && (await last.session.isReady())) return last;
    last.session.close();
  }
  return undefined;
}

/** Whatever goes wrong before a message is named is the road's. */
async function open(server: Server, limitMs: number): Promise<Open> {
  try {
    return { session: await openSession(server, limitMs), mails: 0, since: performance.now() };
  } catch (error) {
    const failure = smtpFailureOf(error);
    const meaning = meaningOf(failure, false);
    const kind = meaning.kind === 'trouble' ? meaning.trouble : 'unreachable';
    throw troubleOf(failure, { kind, cause: error });
  }
}

type Delivery = Readonly<{ email: OutgoingEmail; key: string; limitMs: number }>;

async function deliver(
  session: SmtpSession,
  { email, key, limitMs }: Delivery,
): Promise<ProviderAnswer> {
  const mail = checkedMail(email, digestOf(key));
  if (mail.kind === 'refused') return mail;
  try {
    return { kind: 'accepted', providerId: await session.send(mailOf(mail), limitMs) };
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error;
    const failure = smtpFailureOf(error.reason);
    const meaning = meaningOf(failure, error.isBodyRead);
    if (meaning.kind === 'trouble') {
      throw troubleOf(failure, { kind: meaning.trouble, cause: error.reason, to: email.to });
    }
    return { kind: 'refused', because: meaning.because, detail: wordsOf(failure, email.to) };
  }
}

type About = Readonly<{ kind: TroubleKind; cause: unknown; to?: string }>;

function troubleOf(failure: SmtpFailure, { kind, cause, to }: About): ProviderTrouble {
  const { reply } = failure;
  const retryAfterMs = reply && pauseIn(reply);
  const isOfCredentials = kind === 'unauthorized' || failure.command?.startsWith('AUTH');
  const words = isOfCredentials ? ofCredentials : wordsOf(failure, to);
  return new ProviderTrouble(words, {
    kind,
    cause,
    ...(reply && { status: statusOf(reply) }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** A server may answer with the credentials, which are the operator's and no customer's. */
const ofCredentials = 'The mail server refuses the credentials of SMTP_URL.';

const longestText = 300;

/** The words of the server without an address, since a ledger outlives a contact. */
function wordsOf({ text }: SmtpFailure, to = ''): string {
  const name = to.slice(0, to.lastIndexOf('@'));
  const unnamed = name.length > 2 ? text.replaceAll(name, '…') : text;
  return unnamed.replace(/[^\s<>"']*@[^\s<>"',;]+/g, '…').slice(0, longestText);
}

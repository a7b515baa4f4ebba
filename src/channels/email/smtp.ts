import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { domainToASCII } from 'node:url';
import { createTransport } from 'nodemailer';
import { ProviderTrouble, type ProviderAnswer } from '../channel';
import { mailOf } from './mail';
import type { EmailProvider, OutgoingEmail } from './outgoing-email';
import { answerOf } from './smtp-answer';

/** The URL of the mail server, and limits that tests shorten, in milliseconds. */
export type SmtpOptions = Readonly<{
  /** Such as `smtp://user:secret@mail.example.org:587`; `smtps:` speaks TLS from the first byte. */
  url: string;
  timeouts?: SmtpTimeouts;
}>;

/**
 * Limits in real milliseconds. They bound the time to connect and be greeted, between two answers,
 * and for one delivery in all.
 */
export type SmtpTimeouts = Readonly<{ connectMs?: number; answerMs?: number; deliveryMs?: number }>;

/**
 * Carries e-mail over SMTP with a pool of connections. SMTP knows no idempotency key, so nothing is
 * de-duplicated: the Message-ID and `X-Itinera-Message` only help receivers to recognize a repeat.
 */
export function createSmtp({ url, timeouts = {} }: SmtpOptions): EmailProvider {
  const { transport, hasReadBody } = poolFor(url, timeouts);

  async function deliver(email: OutgoingEmail, key: string): Promise<ProviderAnswer> {
    const mail = mailOf(email, digestOf(key));
    if (mail.kind === 'refused') return mail;
    const signal = AbortSignal.timeout(timeouts.deliveryMs ?? 90_000);
    try {
      const { messageId } = await transport.sendMail({ ...mail.options, signal });
      return { kind: 'accepted', providerId: messageId };
    } catch (error) {
      const answer = answerOf(error, hasReadBody(signal));
      if (answer.kind === 'refused') return answer;
      throw new ProviderTrouble(`SMTP: ${answer.detail}`, { ...answer, cause: error });
    }
  }

  const close = () => {
    transport.close();
  };
  return { name: 'smtp', deduplicates: false, deliver, close };
}

function poolFor(url: string, { connectMs = 10_000, answerMs = 60_000 }: SmtpTimeouts) {
  const transport = createTransport({
    url,
    pool: true,
    maxRequeues: 1,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // nodemailer reads a body only after the server has accepted DATA. An unread body was not handed
  // over.
  const bodies = new WeakMap<AbortSignal, Readable>();
  transport.use('stream', ({ message, data: { signal } }, done) => {
    message.processFunc((body) => {
      if (signal) bodies.set(signal, body);
      return body;
    });
    done();
  });
  const hasReadBody = (signal: AbortSignal) => bodies.get(signal)?.readableDidRead ?? false;
  return { transport, hasReadBody };
}

/** The Message-ID of a message: equal on every attempt, telling nothing about the key. */
export function emailMessageIdOf(key: string, domain: string): string {
  return `<${digestOf(key)}@${domainToASCII(domain)}>`;
}

function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 40);
}

import type { ProviderRefusal } from '../../../core/decisions/reasons';
import type { TroubleKind } from '../../../core/messages/trouble';
import { smtpReplyOf, type SmtpReply } from './smtp-reply';

/** The meaning of a failed delivery: a final refusal, or trouble on the way. */
export type SmtpMeaning = Readonly<
  { kind: 'refused'; because: ProviderRefusal } | { kind: 'trouble'; trouble: TroubleKind }
>;

/** A failed delivery as the SMTP client tells it. */
export type SmtpFailure = Readonly<{
  code?: string;
  /** The command that failed, such as `RCPT TO`. */
  command?: string;
  reply?: SmtpReply;
  text: string;
}>;

/** Reads the error of the SMTP client. */
export function smtpFailureOf(error: unknown): SmtpFailure {
  if (!(error instanceof Error)) return { text: String(error) };
  const told = (name: string) => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : undefined;
  };
  const [code, command, response] = [told('code'), told('command'), told('response')];
  const reply = response === undefined ? undefined : smtpReplyOf(response);
  return {
    text: response ?? error.message,
    ...(code !== undefined && { code }),
    ...(command !== undefined && { command }),
    ...(reply && { reply }),
  };
}

/**
 * Says what a failed delivery means. The enhanced status decides where there is one (RFC 3463),
 * else the code and the command that it answered. Only a fault of the recipient's address, or of
 * the message itself, is final: all else is the road's and passes.
 */
export function meaningOf(failure: SmtpFailure, isBodyRead: boolean): SmtpMeaning {
  const { command, reply } = failure;
  if (!reply) return meaningOfSilence(failure, isBodyRead);
  if (isAboutCredentials(failure, reply)) return aboutCredentials(reply);
  if (!isAboutMessage(failure)) return beforeMessage(reply);
  if (isOutOfStep(reply)) return trouble('unreachable');
  if (isTemporary(reply)) return trouble('deferred');
  return meaningOfStatus(reply, command) ?? meaningOfCode(failure, reply);
}

/**
 * Without an answer the size limit spoke, or the credentials were never sent. Once the body is read
 * nobody knows what became of it.
 */
function meaningOfSilence({ code = '' }: SmtpFailure, isBodyRead: boolean): SmtpMeaning {
  if (isBodyRead) return trouble('unanswered');
  if (code === 'EMESSAGE') return refused('content-refused');
  if (['EAUTH', 'ENOAUTH', 'EOAUTH2'].includes(code)) return trouble('unauthorized');
  return trouble('unreachable');
}

/** RFC 4954: 530 asks for authentication, 534, 535 and 538 refuse it. */
function isAboutCredentials({ code }: SmtpFailure, reply: SmtpReply): boolean {
  return code === 'EAUTH' || [530, 534, 535, 538].includes(reply.code);
}

function aboutCredentials(reply: SmtpReply): SmtpMeaning {
  return trouble(reply.code < 500 ? 'unreachable' : 'unauthorized');
}

/** A refused greeting is about us, and about no recipient. */
function beforeMessage(reply: SmtpReply): SmtpMeaning {
  return trouble(reply.code < 500 ? 'unreachable' : 'blocked');
}

function isAboutMessage({ code }: SmtpFailure): boolean {
  return code === 'EENVELOPE' || code === 'EMESSAGE';
}

/** 421 closes the connection, 503 says that the session was out of step. */
function isOutOfStep({ code }: SmtpReply): boolean {
  return code === 421 || code === 503;
}

function isTemporary({ code, enhanced }: SmtpReply): boolean {
  return code < 500 || enhanced?.[0] === 4;
}

/** Undefined where the status says no more than the code does. */
function meaningOfStatus({ enhanced }: SmtpReply, command?: string): SmtpMeaning | undefined {
  const [, subject, detail] = enhanced ?? [];
  if (subject === 1) {
    return isOfSender(detail, command) ? trouble('blocked') : refused('address-refused');
  }
  if (subject === 2) return meaningOfMailbox(detail);
  if (subject === 6 || (subject === 3 && detail === 4)) return refused('content-refused');
  return subject === undefined || !ofTheRoad.includes(subject) ? undefined : trouble('blocked');
}

/** The system, the network, the protocol and policy. */
const ofTheRoad: readonly number[] = [3, 4, 5, 7];

/** 5.1.7 to 5.1.9 and answers to MAIL FROM speak of the sender's address. */
function isOfSender(detail: number | undefined, command: string | undefined): boolean {
  return command === 'MAIL FROM' || (detail !== undefined && detail >= 7 && detail <= 9);
}

/** 5.2.1: disabled; 5.2.2: full; 5.2.3: the message is longer than it takes. */
function meaningOfMailbox(detail: number | undefined): SmtpMeaning {
  if (detail === 1) return refused('address-refused');
  if (detail === 2) return trouble('deferred');
  return refused(detail === 3 ? 'content-refused' : 'provider-refused');
}

/** At RCPT 552 is a full mailbox and 556 a domain without mail (RFC 7504). */
function meaningOfCode({ code, command }: SmtpFailure, reply: SmtpReply): SmtpMeaning {
  if (code === 'EMESSAGE') return refused('content-refused');
  if (command === 'RCPT TO') {
    if (reply.code === 552) return trouble('deferred');
    if ([550, 551, 553, 556].includes(reply.code)) return refused('address-refused');
  }
  const isTooLong = command === 'MAIL FROM' && reply.code === 552;
  return isTooLong ? refused('content-refused') : trouble('blocked');
}

function refused(because: ProviderRefusal): SmtpMeaning {
  return { kind: 'refused', because };
}

function trouble(kind: TroubleKind): SmtpMeaning {
  return { kind: 'trouble', trouble: kind };
}

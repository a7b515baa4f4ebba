import type { SendMailOptions } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import SmtpClient from 'nodemailer/lib/smtp-connection';

/** The place of a mail server, and the name that it lets in. */
export type SmtpServer = NonNullable<ConstructorParameters<typeof SmtpClient>[0]> &
  Readonly<{ auth?: Readonly<{ user: string; pass: string }> | undefined }>;

/** A delivery that failed. `isBodyRead` is true once the body was under way. */
export class DeliveryFailed extends Error {
  constructor(
    readonly reason: unknown,
    readonly isBodyRead: boolean,
  ) {
    super('The delivery failed.');
  }
}

/** A session with a mail server that has greeted us and let us in. It takes a mail at a time. */
export type SmtpSession = Readonly<{
  /** Resolves with the Message-ID. Throws DeliveryFailed, also after `limitMs`. */
  send(mail: SendMailOptions, limitMs: number): Promise<string>;
  /** Asks the server whether it takes another mail. No answer in time means no. */
  isReady(): Promise<boolean>;
  close(): void;
}>;

const readyMs = 5_000;

/** Connects, greets and logs in within `limitMs`. Throws the error of the SMTP client. */
export async function openSession(server: SmtpServer, limitMs: number): Promise<SmtpSession> {
  const client = new SmtpClient(server);
  const ended = endOf(client);
  try {
    await within(limitMs, Promise.race([logIn(client, server), ended]));
  } catch (error) {
    client.close();
    throw error;
  }
  return {
    send: (mail, sendMs) => send(client, mail, sendMs),
    isReady: () =>
      within(readyMs, Promise.race([reset(client), ended])).then(
        () => true,
        () => false,
      ),
    close: () => {
      client.close();
    },
  };
}

/** Rejects when the session ends, on either side. */
function endOf(client: SmtpClient): Promise<never> {
  const ended = new Promise<never>((_resolve, reject) => {
    client.on('error', reject);
    client.once('end', () => {
      reject(new Error('The connection was closed.'));
    });
  });
  ended.catch(() => undefined);
  return ended;
}

async function logIn(client: SmtpClient, { auth }: SmtpServer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    client.connect(settle(resolve, reject));
  });
  if (!auth || !client.allowsAuth) return;
  await new Promise<void>((resolve, reject) => {
    client.login({ user: auth.user, credentials: auth }, settle(resolve, reject));
  });
}

function reset(client: SmtpClient): Promise<void> {
  return new Promise((resolve, reject) => {
    client.reset(settle(resolve, reject));
  });
}

/** The client reads the body only after the server has accepted DATA. */
async function send(client: SmtpClient, mail: SendMailOptions, limitMs: number): Promise<string> {
  const closed = { disableFileAccess: true, disableUrlAccess: true };
  const message = new MailComposer({ ...mail, ...closed }).compile();
  const body = message.createReadStream();
  const sent = new Promise<void>((resolve, reject) => {
    client.send(message.getEnvelope(), body, settle(resolve, reject));
  });
  try {
    await within(limitMs, sent);
  } catch (error) {
    throw new DeliveryFailed(error, body.readableDidRead);
  }
  return message.messageId();
}

function settle(resolve: () => void, reject: (error: Error) => void) {
  return (error?: Error | null) => {
    if (error) reject(error);
    else resolve();
  };
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The mail server took longer than ${ms} ms.`));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

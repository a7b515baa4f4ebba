import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Provider } from '../../../src/channels/channel';

type Delivery = Readonly<{ envelopeTo: readonly string[]; raw: string; email: Email }>;

export type MailServer = Readonly<{
  url: string;
  delivered: readonly Delivery[];
  connections(): number;
  stop(): Promise<void>;
}>;

/** A real SMTP server on a free port that keeps what it accepts. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const delivered: Delivery[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      void (async () => {
        const raw = Buffer.concat(await stream.toArray());
        const envelopeTo = session.envelope.rcptTo.map(({ address }) => address);
        delivered.push({
          envelopeTo,
          raw: raw.toString('utf8'),
          email: await PostalMime.parse(raw),
        });
        callback();
      })();
    },
    ...options,
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(resolve);
    });
  const connections = () => server.connections.size;
  return { url: urlOf(server.server), delivered, connections, stop };
}

/**
 * A server that follows a script. It answers each line of a client, or breaks the connection on
 * undefined.
 */
export async function startScriptedServer(
  answer: (line: string) => string | undefined,
): Promise<Pick<MailServer, 'url' | 'stop'>> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('utf8').split('\r\n').filter(Boolean)) {
        const reply = answer(line);
        if (reply === undefined) socket.destroy();
        else if (reply) socket.write(`${reply}\r\n`);
      }
    });
    socket.write('220 test ESMTP\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    open.forEach((socket) => socket.destroy());
    server.close();
    await once(server, 'close');
  };
  return { url: urlOf(server), stop };
}

/** A provider whose every delivery takes a slot of its own. */
export function delivering<Outgoing>(provider: Provider<Outgoing>) {
  return {
    ...provider,
    deliver: async (message: Outgoing, key: string) => {
      const slot = await provider.take();
      try {
        return await slot.deliver(message, key);
      } finally {
        slot.release();
      }
    },
  };
}

/** An address at which nobody listens. */
export async function closedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = urlOf(server);
  server.close();
  await once(server, 'close');
  return url;
}

function urlOf(server: Pick<Server, 'address'>): string {
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Answer = (error?: Error | null) => void;

export function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

export function refuseWith(code: number, message: string) {
  return (_address: unknown, _session: unknown, callback: Answer) => {
    callback(smtpError(code, message));
  };
}

export function refuseBodyWith(code: number, message: string) {
  return (stream: NodeJS.ReadableStream, _session: unknown, callback: Answer) => {
    stream.on('end', () => {
      callback(smtpError(code, message));
    });
    stream.resume();
  };
}

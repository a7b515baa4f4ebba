import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { createSplitter, decodeMessage, encodeReply, type Message } from '../../../dev/mongo/wire';

/**
 * `reset` cuts before the command gets through, `reset-late` after it was carried out, `reset-full`
 * in the middle of its bytes. A document is the server's own refusal.
 */
export type WireFault = 'reset' | 'reset-late' | 'reset-full' | Readonly<Record<string, unknown>>;

export type FaultyProxy = Readonly<{
  uri: string;
  /** Lets the next commands of this name meet a fault, one after another. */
  inject: (command: string, ...faults: readonly WireFault[]) => void;
  /** Takes back the faults that no command has met. */
  clear: () => void;
  close: () => Promise<void>;
}>;

type Waiting = { readonly command: string; readonly fault: WireFault };

/** The fault that a command meets by what it says. */
export type Objection = (command: Message['body']) => WireFault | undefined;

/** Stands before a store and lets single commands fail as networks and servers do. */
export async function startFaultyProxy(
  target: number,
  objectionTo: Objection = () => undefined,
): Promise<FaultyProxy> {
  const sockets = new Set<Socket>();
  const waiting: Waiting[] = [];
  const take = (command: string) => {
    const at = waiting.findIndex((one) => one.command === command);
    return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault;
  };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const split = createSplitter();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    upstream.on('data', (chunk) => client.write(chunk));
    client.on('data', (chunk) => {
      if (chunk.length >= largeChunk && waiting.some(({ fault }) => fault === 'reset-full')) {
        waiting.splice(0);
        client.resetAndDestroy();
        return;
      }
      for (const bytes of split(chunk)) {
        const message = decodeMessage(bytes);
        const [name = ''] = Object.keys(message.body);
        meet(take(name) ?? objectionTo(message.body), { client, upstream, message, bytes });
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    inject: (command, ...faults) => {
      waiting.push(...faults.map((fault) => ({ command, fault })));
    },
    clear: () => {
      waiting.splice(0);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The first read of a message that does not fit into the buffers of a socket. */
const largeChunk = 32_000;

type Passing = Readonly<{ client: Socket; upstream: Socket; message: Message; bytes: Buffer }>;

function meet(fault: WireFault | undefined, { client, upstream, message, bytes }: Passing): void {
  switch (fault) {
    case undefined:
    case 'reset-full':
      upstream.write(bytes);
      return;
    case 'reset':
      client.resetAndDestroy();
      return;
    case 'reset-late':
      upstream.removeAllListeners('data');
      upstream.once('data', () => client.resetAndDestroy());
      upstream.write(bytes);
      return;
    default:
      client.write(encodeReply(message, 1, fault));
  }
}

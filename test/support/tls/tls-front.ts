import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer } from 'node:tls';
import type { Authority } from './certificates';

export type TlsFront = Readonly<{ port: number; close: () => Promise<void> }>;

/** TLS before a server on this machine. It lets in clients with a certificate of the authority. */
export async function startTlsFront(target: number, authority: Authority): Promise<TlsFront> {
  const { cert, key } = authority.issue('localhost');
  const open = new Set<Duplex>();
  const server = createServer(
    {
      ...{ cert, key, ca: authority.self.cert },
      ...{ requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] },
    },
    (client) => {
      const behind = connect(target, '127.0.0.1');
      for (const socket of [client, behind]) {
        open.add(socket);
        socket.on('error', () => socket.destroy());
      }
      client.on('close', () => behind.destroy()).pipe(behind);
      behind.on('close', () => client.destroy()).pipe(client);
    },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}

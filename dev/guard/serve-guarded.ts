import {
  createServer,
  request,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { HiddenAddress } from './hidden-address';
import { isFromHere } from './is-from-here';

type Guarded = Readonly<{ port: number; behind: HiddenAddress }>;

const refusal =
  'Web sites are kept out here. Open this page as http://localhost or http://127.0.0.1.\n';

/** Serves on this machine what is behind, to all but web sites that ask through its browser. */
export async function serveGuarded({ port, behind }: Guarded): Promise<Server> {
  const server = createServer((incoming, answer) => {
    if (isFromHere(incoming)) passOn({ incoming, answer, behind });
    else end(answer, 403, refusal);
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isFromHere(incoming)) passUpgrade({ incoming, socket, head, behind });
    else socket.end(`HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n${refusal}`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return server;
}

type Exchange = Readonly<{ incoming: IncomingMessage; behind: HiddenAddress }>;

function passOn({ answer, ...exchange }: Exchange & Readonly<{ answer: ServerResponse }>): void {
  const outgoing = askBehind(exchange)
    .on('response', (from) => {
      answer.writeHead(from.statusCode ?? 502, withoutCors(from.headers));
      from.on('error', () => answer.destroy()).pipe(answer);
    })
    .on('error', () => {
      if (answer.headersSent) answer.destroy();
      else end(answer, 502, 'The page behind does not answer yet.\n');
    });
  answer.on('close', () => outgoing.destroy());
  exchange.incoming.pipe(outgoing);
}

type Upgrade = Exchange & Readonly<{ socket: Duplex; head: Buffer }>;

function passUpgrade({ socket, head, ...exchange }: Upgrade): void {
  const outgoing = askBehind(exchange)
    .on('upgrade', (from, back, first) => {
      socket.write(headOf(from));
      socket.write(first);
      back.write(head);
      back.on('error', () => socket.destroy()).pipe(socket);
      socket.on('close', () => back.destroy()).pipe(back);
    })
    .on('response', () => socket.destroy())
    .on('error', () => socket.destroy());
  socket.on('error', () => outgoing.destroy());
  outgoing.end();
}

function askBehind({ incoming, behind }: Exchange): ClientRequest {
  const { method, url, headers } = incoming;
  return request({ ...behind, method, path: url, headers });
}

function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`));
  return `HTTP/1.1 ${statusCode ?? 101} ${statusMessage ?? ''}\r\n${lines.join('')}\r\n`;
}

function withoutCors(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('access-control-'));
  return Object.fromEntries(kept);
}

function end(answer: ServerResponse, status: number, body: string): void {
  answer.writeHead(status, { 'Content-Type': 'text/plain', Connection: 'close' }).end(body);
}

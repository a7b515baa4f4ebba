import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveGuarded } from '../../../dev/guard/serve-guarded';
import { ask, attacks, upgrade } from './attacks';

const portOf = (server: Server) => (server.address() as AddressInfo).port;

describe('a guarded page', () => {
  const heard: IncomingMessage[] = [];
  const behind = createServer((incoming, answer) => {
    heard.push(incoming);
    answer.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('mails');
  });
  let guard: Server;

  beforeAll(async () => {
    behind.on('upgrade', (incoming: IncomingMessage, socket) => {
      heard.push(incoming);
      socket.end(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      );
    });
    await once(behind.listen(0, '127.0.0.1'), 'listening');
    guard = await serveGuarded({
      port: 0,
      behind: { host: '127.0.0.1', port: portOf(behind) },
    });
  });

  beforeEach(() => {
    heard.length = 0;
  });

  afterAll(() => {
    for (const server of [guard, behind]) server.close().closeAllConnections();
  });

  it.each(attacks(1080))('attack 18: hears nothing of %s', async (_, headers) => {
    const page = await ask(portOf(guard), { headers });
    const socket = await ask(portOf(guard), { headers: { ...upgrade, ...headers } });

    expect([page.status, socket.status]).toEqual([403, 403]);
    expect(heard).toEqual([]);
  });

  it.each([
    ['a program', {}],
    ['its own page', { Host: 'localhost:1080', Origin: 'http://localhost:1080' }],
    ['its own page by number', { Host: '[::1]:1080', 'Sec-Fetch-Site': 'same-origin' }],
    [
      'a person who follows a link',
      {
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': 'document',
      },
    ],
  ])('answers %s', async (_, headers) => {
    const page = await ask(portOf(guard), { headers });
    const socket = await ask(portOf(guard), { headers: { ...upgrade, ...headers } });

    expect([page.status, socket.status]).toEqual([200, 101]);
    expect(heard).toHaveLength(2);
  });

  it('lets no site read its answers', async () => {
    const { headers } = await ask(portOf(guard));

    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('says so while nothing is behind', async () => {
    const alone = await serveGuarded({ port: 0, behind: { host: '127.0.0.1', port: 1 } });

    const { status } = await ask(portOf(alone));
    alone.close().closeAllConnections();

    expect(status).toBe(502);
  });
});

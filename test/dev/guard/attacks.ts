import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';

export type Ask = Readonly<{
  path?: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
}>;

/** What a web site can do through the browser of this machine, by the name of the attack. */
export const attacks = (
  port: number,
): readonly (readonly [string, Readonly<Record<string, string>>])[] => [
  ['a foreign name that leads to this machine', { Host: `shop.evil.example:${port}` }],
  ['a foreign name that begins with this machine', { Host: '127.0.0.1.evil.example' }],
  ['a foreign origin', { Origin: 'https://evil.example' }],
  ['a page in a sandbox', { Origin: 'null' }],
  ['another port of this machine', { Origin: 'http://localhost:3000' }],
  ['a script of another site', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
  [
    'a frame in another site',
    {
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'iframe',
    },
  ],
];

export const upgrade = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** The answer of a page on this machine, with any Host and Origin. */
export async function ask(port: number, { path = '/', ...wish }: Ask = {}) {
  const asked = request({ host: '127.0.0.1', port, path, agent: false, ...wish }).end();
  const answer = await Promise.race([
    once(asked, 'response').then(([response]) => response as IncomingMessage),
    once(asked, 'upgrade').then(([response]) => response as IncomingMessage),
  ]);
  answer.destroy();
  asked.destroy();
  return { status: answer.statusCode, headers: answer.headers };
}

import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { among, flood, unless } from './connection';
import type { Attack } from './setting';

const served = [200, 429, 503];

const anonymous: Attack = {
  item: 1,
  name: '40 connections without a key ask for constant answers',
  run: async ({ nobody, floodMs }) => {
    const paths = ['/openapi.json', '/readyz', '/u/none', '/metrics'];
    const heard = await flood({ lanes: 40, forMs: floodMs }, (nth) =>
      nobody({ method: 'GET', path: paths[nth % paths.length] ?? '' }),
    );
    return among([...served, 404], 'an anonymous request', heard);
  },
};

const slowSockets = 400;

const slowBodies: Attack = {
  item: 4,
  name: `${slowSockets} bodies come byte by byte`,
  run: async ({ api, writerKey, floodMs }) => {
    const { hostname, port } = new URL(api);
    const head =
      `POST /v1/events HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${writerKey}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 2000\r\n\r\n{';
    const sockets = Array.from({ length: slowSockets }, () => {
      const socket = connect(Number(port), hostname);
      // A refusal closes the socket, which is what is wanted.
      socket.on('error', () => undefined).resume();
      socket.write(head);
      return socket;
    });
    const endsAt = performance.now() + floodMs;
    while (performance.now() < endsAt) {
      for (const socket of sockets.filter(isOpen)) socket.write(' ');
      await pause(500);
    }
    for (const socket of sockets) socket.destroy();
    return [];
  },
};

function isOpen(socket: Socket): boolean {
  return socket.writable && !socket.destroyed;
}

const largeBodies: Attack = {
  item: 8,
  name: 'bodies of very many values, and ids that are no text',
  run: async ({ writer, round }) => {
    const event = { name: 'Seen', contact: { userId: `mallory-${round}` } };
    const batch = await writer({
      method: 'POST',
      path: '/v1/events',
      body: { events: Array.from({ length: 200_000 }, () => 0) },
    });
    const flat = await writer({
      method: 'POST',
      path: '/v1/events',
      body: { ...event, properties: { list: Array.from({ length: 120_000 }, () => 0) } },
    });
    const unpaired = await writer({
      method: 'POST',
      path: '/v1/events',
      body: { ...event, id: '\ud800' },
    });
    return [
      ...unless([400, 413], 'a batch of 200,000 zeros', batch),
      ...unless([400, 413], 'a list of 120,000 items', flat),
      ...unless([202, 400], 'an id with half a surrogate pair', unpaired),
    ];
  },
};

export const doorAttacks: readonly Attack[] = [anonymous, slowBodies, largeBodies];

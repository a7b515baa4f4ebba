import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { among, connectionOf, flood, patient, surely, unless, type Connection } from './connection';
import type { Attack } from './setting';
import { parsed } from './shop';

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
  run: async ({ writer: impatient }) => {
    const writer = patient(impatient);
    const event = { name: 'Seen', contact: { userId: 'mallory' } };
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

/** Each key has a rate of its own. They belong to one workspace, and each item counts. */
const manyKeys: Attack = {
  item: 9,
  name: '20 keys of one workspace send batches of 1,000 small events',
  run: async ({ api, owner, floodMs, round }) => {
    const made = await Promise.all(Array.from({ length: 20 }, () => newWriter(surely(owner), api)));
    const heard = await flood({ lanes: made.length, forMs: floodMs }, (nth) => {
      const batch = Array.from({ length: 1_000 }, (_, n) => ({
        ...{ type: 'track', event: 'Seen', userId: `many-${round}-${n % 50}` },
        messageId: `${round}-${nth}-${n}`,
      }));
      const { ask } = made[nth % made.length] ?? { ask: owner };
      return ask({ method: 'POST', path: '/v1/batch', body: { batch } });
    });
    for (const { id } of made) await patient(owner)({ method: 'DELETE', path: `/v1/keys/${id}` });
    return among([200, 429, 503], 'a batch', heard);
  },
};

async function newWriter(owner: Connection, api: string) {
  const body = { name: 'one of many', scopes: ['events:write'] };
  const { text } = await owner({ method: 'POST', path: '/v1/keys', body });
  const { id, key } = parsed(text) as Readonly<{ id: string; key: string }>;
  return { id, ask: connectionOf(api, key) };
}

export const doorAttacks: readonly Attack[] = [anonymous, slowBodies, largeBodies, manyKeys];

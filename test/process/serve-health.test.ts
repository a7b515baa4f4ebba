import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { serveHealth } from '../../src/process/serve-health';

let server: Server;
let url: string;

beforeAll(async () => {
  const host = '127.0.0.1';
  server = await serveHealth({ port: 0, host, registry: new Registry(), isReady: () => false });
  url = `http://${host}:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

describe('the port for operators', () => {
  it.each([
    ['/livez', 200],
    ['/readyz', 503],
    ['/metrics', 200],
    ['/', 404],
    ['/metrics?a=b', 404],
    ['/../metrics/.env', 404],
  ])('answers %s with %i, as text that nothing runs', async (path, status) => {
    const answer = await fetch(url + path);
    await answer.text();

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; .*charset=utf-8$/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

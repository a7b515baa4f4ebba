import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { sendParts } from '../../../src/api/http/parts';

const atOnce = <Result>(work: () => Promise<Result>) => work();

async function listening(handler: RequestHandler): Promise<Server> {
  const server = createServer(express().use(handler));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

let server: Server;

afterEach(() => {
  server.close();
});

describe('an answer in parts', () => {
  it('ends when its client hangs up, however much there would be', async () => {
    const part = 'x'.repeat(100_000);
    // Without end, and without waiting for anything but the client.
    const parts = async function* () {
      for (;;) yield await Promise.resolve(part);
    };
    let sent: Promise<void> | undefined;
    server = await listening((_request, response) => {
      sent = sendParts(response, parts(), atOnce);
    });

    const [response] = (await once(get({ port: portOf(server) }), 'response')) as [IncomingMessage];
    response.destroy();

    await expect(sent).resolves.toBeUndefined();
  });
});

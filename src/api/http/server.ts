import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { refuseUnreadable } from './problems/unreadable';

export type ApiServer = Readonly<{
  port: number;
  /** Accepts nothing more and resolves once every answer under way is out, or `graceMs` later. */
  close: (graceMs: number) => Promise<void>;
}>;

/** Further connections are closed at once, lest a flood of them fill the memory. */
const mostConnections = 5_000;

/** Serves the API. Port 0 takes a free one. */
export async function serve(
  app: Express,
  { port, host }: Readonly<{ port: number; host: string }>,
): Promise<ApiServer> {
  const server = createServer(
    {
      requestTimeout: 60_000,
      headersTimeout: 10_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: 2_000,
    },
    app,
  );
  server.maxConnections = mostConnections;
  const underWay = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  server.on('clientError', (error, socket) => {
    const isAnswering = [...underWay].some((one) => one.socket === socket && one.headersSent);
    refuseUnreadable(error, { socket, isAnswering });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: portOf(server.address()),
    close: async (graceMs) => {
      const timer = setTimeout(() => {
        server.closeAllConnections();
      }, graceMs);
      for (const response of underWay) askToHangUp(response);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      clearTimeout(timer);
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Else the connection stays open for another request, and closing waits for it. */
function askToHangUp(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Received = Readonly<{
  method: string | undefined;
  url: string | undefined;
  authorization: string | undefined;
  body: unknown;
}>;

/** An HTTP server that keeps what it was sent and answers as it is told. */
export async function openRecordingServer(
  answer: (received: Received) => Readonly<{ status: number; body: unknown }>,
) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((content) => {
      const { method, url, headers } = request;
      const call = {
        method,
        url,
        authorization: headers.authorization,
        body: content === '' ? undefined : (JSON.parse(content) as unknown),
      };
      received.push(call);
      const { status, body } = answer(call);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

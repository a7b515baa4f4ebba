import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

type Health = Readonly<{
  port: number;
  host: string;
  registry: Registry;
  /** Never rejects. */
  isReady(): boolean | Promise<boolean>;
}>;

/** Serves `/livez`, `/readyz` and `/metrics` of a process, on a port for its operators alone. */
export async function serveHealth({ port, host, registry, isReady }: Health): Promise<Server> {
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/livez': (response) => answer(response, { status: 200, body: 'alive\n' }),
    '/readyz': async (response) =>
      (await isReady())
        ? answer(response, { status: 200, body: 'ready\n' })
        : answer(response, { status: 503, body: 'not ready\n' }),
    '/metrics': async (response) => {
      response.setHeader('Content-Type', registry.contentType);
      await answer(response, { status: 200, body: await registry.metrics() });
    },
  };
  const server = createServer((request, response) => {
    const handle = answers[request.url ?? ''];
    void (handle ? handle(response) : answer(response, { status: 404, body: 'not here\n' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return server;
}

const plainText = 'text/plain; charset=utf-8';

function answer(
  response: ServerResponse,
  { status, body }: Readonly<{ status: number; body: string }>,
): Promise<void> {
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', plainText);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.writeHead(status).end(body);
  return Promise.resolve();
}

import { connect } from 'node:net';
import { Registry } from 'prom-client';
import { createApp } from '../../src/api/app';
import { serve } from '../../src/api/http/server';
import { openTestApi } from './test-api';

export type ServedApi = Awaited<ReturnType<typeof serveTestApi>>;

/** The whole API on a port, for what only bytes on a connection tell. */
export async function serveTestApi() {
  const api = await openTestApi();
  const app = createApp({ ...api.deps, registry: new Registry() });
  const server = await serve(app, { port: 0, host: '127.0.0.1' });
  return {
    url: `http://127.0.0.1:${server.port}`,
    store: api.store,
    /** Sends lines as they are. Answers all that comes until the server hangs up. */
    said: (...lines: readonly string[]) => saidTo(server.port, lines.join('\r\n')),
    close: async () => {
      await server.close(1_000);
      await api.close();
    },
  };
}

function saidTo(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('end', () => {
      resolve(answer);
    });
    socket.on('error', reject);
    socket.write(text);
  });
}

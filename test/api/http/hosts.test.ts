import { connect } from 'node:net';
import { Registry } from 'prom-client';
import { createApp } from '../../../src/api/app';
import { serve, type ApiServer } from '../../../src/api/http/server';
import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;
let server: ApiServer;

beforeAll(async () => {
  api = await openTestApi();
  server = await serve(createApp({ ...api.deps, registry: new Registry() }), {
    port: 0,
    host: '127.0.0.1',
  });
});

afterAll(async () => {
  await server.close(1_000);
  await api.close();
});

function answerTo(headers: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('end', () => {
      resolve(text);
    });
    socket.on('error', reject);
    socket.write(['GET /livez HTTP/1.1', ...headers, 'Connection: close', '', ''].join('\r\n'));
  });
}

describe('attack 21: a request', () => {
  it.each([[['Host: a.test', 'Host: b.test']], [['Host: a.test', 'hOST: a.test']]])(
    'is refused with two hosts: %j',
    async (headers) => {
      const answer = await answerTo(headers);

      expect(answer).toContain('HTTP/1.1 400');
      expect(answer).toContain('Send one Host header');
    },
  );

  it('is answered with one, and no page may set another base', async () => {
    const answer = await answerTo(['Host: a.test']);

    expect(answer).toContain('HTTP/1.1 200');
    expect(answer).toContain("base-uri 'none'");
  });
});

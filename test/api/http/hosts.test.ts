import { serveTestApi, type ServedApi } from '../served-api';

let api: ServedApi;

beforeAll(async () => {
  api = await serveTestApi();
});

afterAll(() => api.close());

function answerTo(headers: readonly string[]): Promise<string> {
  return api.said('GET /livez HTTP/1.1', ...headers, 'Connection: close', '', '');
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

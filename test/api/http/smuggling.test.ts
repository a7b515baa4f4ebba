import { serveTestApi, type ServedApi } from '../served-api';
import { adminKey } from '../test-api';

let api: ServedApi;

beforeAll(async () => {
  api = await serveTestApi();
});

afterAll(() => api.close());

const post = ['POST /v1/events HTTP/1.1', 'Host: a.test', 'Connection: close'];
const smuggled = ['GET /livez HTTP/1.1', 'Host: a.test', '', ''];

describe('a request whose end two servers could see at two places', () => {
  it.each([
    ['a length and chunks', ['Content-Length: 6', 'Transfer-Encoding: chunked', '', '0', '']],
    ['two lengths', ['Content-Length: 0', 'Content-Length: 44', '']],
    ['a list of lengths', ['Content-Length: 0, 44', '']],
    ['a length with a sign', ['Content-Length: +0', '']],
    ['a length that is hexadecimal', ['Content-Length: 0x0', '']],
    ['an unknown transfer coding', ['Transfer-Encoding: xchunked', '']],
    ['chunks inside another coding', ['Transfer-Encoding: chunked, identity', '']],
    ['a space before the colon', ['Content-Length : 0', '']],
    ['a folded line', ['X-A: b', ' Transfer-Encoding: chunked', '']],
    ['a bare line feed in a header', ['X-A: b\nTransfer-Encoding: chunked', '']],
    ['a size of a chunk that is none', ['Transfer-Encoding: chunked', '', '0x0', '']],
    [
      'an extension of a chunk with a bare line feed',
      ['Transfer-Encoding: chunked', '', '0;\n', ''],
    ],
  ])('is refused, and nothing behind it is answered: %s', async (_what, lines) => {
    const answer = await api.said(...post, ...lines, ...smuggled);

    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer).not.toContain('alive');
  });
});

describe('a request that the parser of HTTP cannot read', () => {
  const long = 'x'.repeat(20_000);

  it.each([
    ['too long an address', 431, [`GET /v1/events?cursor=${long} HTTP/1.1`, 'Host: a.test']],
    ['too long a header', 431, ['GET /v1/events HTTP/1.1', 'Host: a.test', `X-A: ${long}`]],
    [
      'too long an extension of a chunk',
      413,
      [...post, 'Transfer-Encoding: chunked', '', `1;${long}`, 'x'],
    ],
    ['no HTTP', 400, ['HELO shop.test']],
  ])('is answered with a problem: %s', async (_what, status, lines) => {
    const answer = await api.said(...lines, '', '');

    const [head = '', body = '{}'] = answer.split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status, instance: expect.any(String) as unknown });
  });
});

describe('a TRACE', () => {
  it('is not answered with what it carried', async () => {
    const secret = `Authorization: Bearer ${adminKey}`;
    const answer = await api.said(
      'TRACE /livez HTTP/1.1',
      'Host: a.test',
      secret,
      'Connection: close',
      '',
      '',
    );

    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).not.toContain(adminKey);
  });
});

describe('a header that a proxy sets', () => {
  it.each([
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-Original-URL',
    'X-HTTP-Method-Override',
  ])('changes nothing where a client sets it: %s', async (name) => {
    const ask = (...more: readonly string[]) =>
      api.said('GET /v1/keys HTTP/1.1', 'Host: a.test', 'Connection: close', ...more, '', '');
    const status = (answer: string) => answer.split('\r\n')[0];

    expect(status(await ask(`${name}: /livez`))).toBe(status(await ask()));
  });
});

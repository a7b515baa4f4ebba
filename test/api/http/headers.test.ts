import { serveTestApi, type ServedApi } from '../served-api';
import { adminKey } from '../test-api';

let api: ServedApi;

beforeAll(async () => {
  api = await serveTestApi();
});

afterAll(() => api.close());

const headers = { authorization: `Bearer ${adminKey}` };

type Init = Readonly<{ method?: string; headers?: Readonly<Record<string, string>> }>;

/** Answers of each sort: a page, a text, JSON, and the refusals of every layer. */
const requests: readonly (readonly [number, string, Init])[] = [
  [200, '/livez', {}],
  [200, '/openapi.json', {}],
  [404, '/u/x', {}],
  [200, '/v1/journeys', { headers }],
  [400, '/v1/journeys?limit=x', { headers }],
  [401, '/v1/journeys', {}],
  [404, '/', {}],
  [404, '/.git/config', {}],
  [405, '/v1/events', { method: 'PATCH' }],
];

/** A page may have one style, by its digest. */
const policy =
  /^default-src 'none';object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'(;style-src 'sha256-[\w+/]{43}=')?$/;

describe('an answer to a browser', () => {
  it.each(requests)('%i of %s runs nothing, is kept nowhere and sets no cookie', async (...ask) => {
    const [status, path, init] = ask;

    const { headers: given, status: said } = await fetch(api.url + path, init);

    expect(said).toBe(status);
    expect(given.get('content-security-policy')).toMatch(policy);
    expect(Object.fromEntries(given)).toMatchObject({
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect([given.has('set-cookie'), given.has('server')]).toEqual([false, false]);
  });

  it.each(requests)('%i of %s says its type and charset', async (_status, path, init) => {
    const { headers: given } = await fetch(api.url + path, init);

    expect(given.get('content-type')).toMatch(/^(text|application)\/[\w+-]+; charset=utf-8$/);
  });

  it.each(requests)('%i of %s is for no other site', async (_status, path, init) => {
    const origin = { ...init.headers, origin: 'https://shop.test' };
    const answer = await fetch(api.url + path, { ...init, headers: origin });
    const allowed = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));

    expect(allowed).toEqual([]);
  });

  it('gives no leave before a request of another site', async () => {
    const answer = await fetch(`${api.url}/v1/events`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.test', 'access-control-request-method': 'POST' },
    });

    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([405, null]);
  });

  it('asks for no password that a browser would send along', async () => {
    const answer = await fetch(`${api.url}/v1/journeys`);

    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="itinera"');
  });
});

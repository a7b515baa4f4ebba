import { defaultPayloadConverter } from '@temporalio/common';
import request from 'supertest';
import { createCodecApp } from '../../../src/api/codec/codec-app';
import { createLogger } from '../../../src/process/logger';
import { createKeyRing, type NamedKey } from '../../../src/process/secrets/key-ring';
import { createPayloadCodec } from '../../../src/temporal/payloads/payload-codec';
import { viewPayloads } from '../../../src/temporal/payloads/payload-view';
import { keysOfContacts } from '../../../src/temporal/payloads/contact-keys';
import { keysInMemory } from '../../support/contact-keys';

const key = 'codec-key-of-24-characters';
const origin = 'https://temporal.shop.test';

function viewWith(...keys: readonly [NamedKey]) {
  const payloadKeys = { ring: createKeyRing(keys), stored: keysInMemory(), maxAgeMs: 500 };
  return viewPayloads([createPayloadCodec(keysOfContacts(payloadKeys))]);
}

const view = viewWith({ id: 'k1', bytes: Buffer.alloc(32, 1) });
const app = createCodecApp({
  view,
  codec: { key, origin },
  logger: createLogger({ level: 'silent', name: 'codec' }),
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const plain = (value: unknown) => {
  const { data } = defaultPayloadConverter.toPayload(value);
  return {
    metadata: { encoding: base64('json/plain') },
    data: Buffer.from(data ?? []).toString('base64'),
  };
};
const post = (path: string, payloads: readonly unknown[]) =>
  request(app).post(path).auth(key, { type: 'bearer' }).send({ payloads });

describe('the codec server', () => {
  it('decodes what it has encoded', async () => {
    const given = [plain({ email: 'ada@shop.test' }), plain('text')];

    const encoded = await post('/codec/encode', given);
    const decoded = await post('/codec/decode', (encoded.body as Body).payloads);

    expect(encoded.text).not.toContain(given[0]?.data);
    expect(decoded.body).toEqual({ payloads: given });
  });

  it('says in its place why a payload cannot be decoded', async () => {
    const lost = await viewWith({ id: 'lost', bytes: Buffer.alloc(32, 9) }).encode([plain('x')]);

    const response = await post('/codec/decode', [...lost, plain('text')]);

    const why = plain('This process has no key "lost"; add it to ITINERA_KEY_RING');
    expect(response.body).toEqual({ payloads: [why, plain('text')] });
  });

  it.each([
    ['an answer', post('/codec/decode', []), 200],
    ['a refusal', request(app).post('/codec/decode'), 401],
    ['nothing', request(app).get('/'), 401],
  ])('runs nothing in a browser and is kept nowhere: %s', async (_what, asked, status) => {
    const response = await asked;

    expect(response.status).toBe(status);
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
    });
  });

  it('lets the page of the Temporal UI ask', async () => {
    const response = await request(app)
      .options('/codec/decode')
      .set({ Origin: origin, 'Access-Control-Request-Headers': 'x-namespace,authorization' });

    expect(response.status).toBe(204);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': expect.stringContaining('x-namespace') as unknown,
    });
  });

  it('lets no other page ask, also with the key', async () => {
    const response = await post('/codec/decode', [plain('x')]).set('Origin', 'https://evil.test');

    expect(response.status).toBe(403);
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('takes the key as a user name, for which a browser asks', async () => {
    const refused = await request(app).post('/codec/decode').set('Origin', origin).send({});
    const response = await request(app).post('/codec/decode').auth(key, '').send({ payloads: [] });

    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toMatch(/^Basic /);
    expect(response.status).toBe(200);
  });

  it.each([
    ['no key', {}, 401],
    ['another key', { Authorization: `Bearer ${key}x` }, 401],
    ['an API key', { Authorization: 'Bearer dev' }, 401],
  ])('answers nobody with %s', async (_what, headers, status) => {
    const response = await request(app).post('/codec/decode').set(headers).send({ payloads: [] });

    expect(response.status).toBe(status);
  });

  it.each([
    ['no payloads', {}],
    ['bytes that are not base64', { payloads: [{ data: '%' }] }],
  ])('refuses a body with %s', async (_what, body) => {
    const response = await request(app)
      .post('/codec/decode')
      .auth(key, { type: 'bearer' })
      .send(body);

    expect(response.status).toBe(400);
  });
});

type Body = Readonly<{ payloads: readonly unknown[] }>;

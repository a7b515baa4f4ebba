import { gzipSync } from 'node:zlib';
import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const event = { name: 'Cart Updated', contact: { userId: 'ada' } };

describe('the API', () => {
  it('refuses a body over 1 MiB', async () => {
    const properties = { note: 'x'.repeat(1024 * 1024) };

    const answer = await api.admin.post('/v1/events').send({ ...event, properties });

    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '', code: 'too-large' }] });
    expect(answer.text).toContain('1048576 bytes');
  });

  it('refuses a body that is small only while it is compressed', async () => {
    const body = gzipSync(
      JSON.stringify({ ...event, properties: { note: 'x'.repeat(2_000_000) } }),
    );

    const answer = await api.admin
      .post('/v1/events')
      .set('Content-Encoding', 'gzip')
      .set('Content-Type', 'application/json')
      .serialize((sent: unknown) => sent as string)
      .send(body);

    expect(answer.status).toBe(413);
  });

  it.each([25, 100_000])('refuses %i levels of nesting', async (levels) => {
    const nested = `${'['.repeat(levels)}${']'.repeat(levels)}`;

    const answer = await api.admin
      .post('/v1/events')
      .set('Content-Type', 'application/json')
      .send(`{"name":"a","contact":{"userId":"a"},"properties":{"a":${nested}}}`);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ code: 'refused-json' }] });
    expect(answer.text).toContain('nested deeper than 20 levels; rename, flatten or remove it');
  });
});

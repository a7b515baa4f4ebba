import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

/** Ids as strangers' clients write them, in JSON. */
const ids = [
  '"ada\\ud83d"',
  '"\\udc00"',
  '"ada\\u0000"',
  '"undefined"',
  '"\\u200b"',
  '"cabcdefghijklmnop"',
  '"__proto__"',
  '"$ada.x"',
  '"a/b?c#d%"',
  '" "',
  `"${'x'.repeat(5_000)}"`,
  'null',
  'true',
  '1.5',
  '1e400',
  '123456789012345678901234567890',
  '{"id":"ada"}',
  '["ada"]',
] as const;

const fields = ['userId', 'anonymousId', 'messageId', 'previousId'] as const;
const cases = fields.flatMap((field) => ids.map((id) => [field, id] as const));

const send = (path: string, text: string) =>
  api.admin.post(path).set('Content-Type', 'application/json').send(text);

describe('a client that never gives up', () => {
  it.each(cases)('R35: is answered 200 whatever its %s is: %s', async (field, id) => {
    const type = field === 'previousId' ? 'alias' : 'track';
    const named = field === 'userId' || field === 'anonymousId' ? '' : '"userId":"zoe",';
    const message = `{${named}"type":"${type}","event":"Seen","${field}":${id}}`;
    const beside = `beside ${field} ${String(ids.findIndex((one) => one === id))}`;
    const good = { type: 'track', event: 'Seen', userId: 'beth', messageId: beside };
    const batch = `{"batch":[${message},${JSON.stringify(good)}]}`;

    const answers = [
      await send('/v1/batch', batch),
      await send('/v1/batch', batch),
      await send('/v1/identify', message),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const kept = await api.admin.get(`/v1/events/${encodeURIComponent(beside)}`);
    expect(kept.body).toMatchObject({ name: 'Seen' });
  });
});

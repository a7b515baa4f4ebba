import { setTimeout as pause } from 'node:timers/promises';
import { startStore, type Store } from '../../../dev/mongo/storage/store';
import { startSilentProxy, type SilentProxy } from '../../support/processes/silent-proxy';
import { until } from '../../support/processes/until';
import { runApi, type ApiProcess } from '../api-process';

let server: Store;
let proxy: SilentProxy;
let api: ApiProcess;

const isReady = () =>
  fetch(`${api.url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

beforeAll(async () => {
  server = await startStore({ port: 0 });
  proxy = await startSilentProxy(server.port);
  api = await runApi(`mongodb://127.0.0.1:${proxy.port}/itinera?directConnection=true`);
  await until(isReady);
});

afterAll(async () => {
  api.signal('SIGTERM');
  await api.ended;
  await proxy.close();
  await server.close();
});

/** Time enough for a busy machine. `npm run outage` measures two seconds on a quiet one. */
const silentMs = 6_000;

type Answer = Readonly<{ id: string; status: number; retryAfter: number; tookMs: number }>;

const headers = () => ({ authorization: `Bearer ${api.key}`, 'content-type': 'application/json' });

async function send(id: string): Promise<Answer> {
  const sentAt = performance.now();
  const response = await fetch(`${api.url}/v1/events`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ id, name: 'Product Viewed', contact: { userId: id } }),
  });
  await response.text();
  return {
    id,
    status: response.status,
    retryAfter: Number(response.headers.get('retry-after')),
    tookMs: performance.now() - sentAt,
  };
}

/** Twenty-five events a second, whatever becomes of them. */
async function load(name: string, forMs: number): Promise<readonly Answer[]> {
  const answers: Promise<Answer>[] = [];
  for (let n = 0; n < forMs / 40; n += 1) {
    answers.push(send(`${name}-${n}`));
    await pause(40);
  }
  return Promise.all(answers);
}

/** A busy machine may refuse a read once more, which says nothing of the event. */
async function isKept({ id }: Answer): Promise<boolean> {
  let status = 503;
  await until(async () => {
    ({ status } = await fetch(`${api.url}/v1/events/${id}`, { headers: headers() }));
    return status !== 503;
  });
  return status === 200;
}

describe('an api whose store says nothing any more', () => {
  it('answers 503 to every request long before it is back, and has kept all that it acknowledged', async () => {
    const before = await load('before', 400);
    const loading = load('during', silentMs);
    await pause(500);
    proxy.silence();
    const during = await loading;
    const read = await fetch(`${api.url}/v1/journeys`, { headers: headers() });
    proxy.restore();
    await until(isReady, 20_000);
    const after = await load('after', 200);

    const refused = during.filter(({ status }) => status !== 202);
    const acknowledged = [...before, ...during, ...after].filter(({ status }) => status === 202);
    expect([...before, ...after].map(({ status }) => status)).not.toContain(503);
    expect(refused.length).toBeGreaterThan(50);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
    expect(Math.max(...during.map(({ tookMs }) => tookMs))).toBeLessThan(silentMs * 0.7);
    expect(Math.min(...refused.map(({ retryAfter }) => retryAfter))).toBeGreaterThanOrEqual(1);
    expect(Math.max(...refused.map(({ retryAfter }) => retryAfter))).toBeLessThanOrEqual(5);
    expect(new Set(refused.map(({ retryAfter }) => retryAfter)).size).toBeGreaterThan(1);
    expect(read.status).toBe(503);
    expect(await Promise.all(acknowledged.map(isKept))).not.toContain(false);
  });
});

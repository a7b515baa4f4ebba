import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { startStore, type Store } from '../../../dev/mongo/storage/store';
import { until } from '../../support/processes/until';
import { runApi, type ApiProcess } from '../api-process';

let server: Store;
let api: ApiProcess;

const readiness = () =>
  fetch(`${api.url}/readyz`).then(
    async (response) => ({ code: response.status, ...((await response.json()) as object) }),
    () => 'no answer' as const,
  );

beforeAll(async () => {
  server = await startStore({ port: 0 });
  api = await runApi(server.uri);
  await until(async () => JSON.stringify(await readiness()).includes('"ready"'));
});

afterAll(async () => {
  api.signal('SIGKILL');
  await server.close();
});

describe('an api that is asked to end', () => {
  it('says so first, answers what is under way, and is gone within ten seconds', async () => {
    const body = JSON.stringify({ id: 'last', name: 'A', contact: { userId: 'ada' } });
    const headers = { authorization: `Bearer ${api.key}`, 'content-length': body.length };
    const event = request(`${api.url}/v1/events`, { method: 'POST', headers });
    const answering = new Promise<string>((resolve, reject) => {
      event.once('error', reject).once('response', (response) => {
        resolve(text(response).then((answer) => `${response.statusCode} ${answer}`));
      });
    });
    event.write(body.slice(0, 10));
    const askedAt = performance.now();

    api.signal('SIGTERM');
    await until(async () => JSON.stringify(await readiness()).includes('draining'));
    await until(async () => (await readiness()) === 'no answer');
    event.end(body.slice(10));

    expect(await answering).toMatch(/^202 .*"id":"last","status":"accepted"/);
    expect(await api.ended).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
  });
});

import { startStore, type Store as Server } from '../../../dev/mongo/storage/store';
import { createStore, type Store } from '../../../src/store/store';
import { until } from '../../support/processes/until';
import { aTarget, anEvent, shop } from '../builders';
import { sealing } from '../../support/sealing';

const dayMs = 86_400_000;
let server: Server;
let store: Store;
let serverNow = 0;

beforeEach(async () => {
  serverNow = Date.now();
  server = await startStore({ port: 0, sweepEveryMs: 20, now: () => serverNow });
  store = await storeKeeping(400);
});
afterEach(async () => {
  await store.close();
  await server.close();
});

async function storeKeeping(eventRetentionDays: number): Promise<Store> {
  const opened = createStore({ uri: server.uri, eventRetentionDays, sealing });
  await opened.connect();
  await opened.ensureIndexes();
  return opened;
}

const due = { nextAt: Date.now() };
const isThere = async (name: string) =>
  (await store.events.findByKey(shop, anEvent(name).key)) !== undefined;

describe('the retention of events', () => {
  it('begins when nobody is owed the event any more', async () => {
    const target = aTarget(1);
    await store.events.insert(anEvent('unheard', { status: 'delivered' }), due);
    await store.events.insert(anEvent('owed', { targets: [target] }), due);
    await store.events.insert(anEvent('told', { targets: [target] }), due);
    const { key } = anEvent('told');
    await store.events.markDelivered(shop, [key], { targets: 1, at: 1 });

    serverNow += 401 * dayMs;

    await until(async () => !(await isThere('unheard')) && !(await isThere('told')));
    expect(await isThere('owed')).toBe(true);
  });

  it('ends when the event is owed to somebody again', async () => {
    const { key } = anEvent('heard late');
    await store.events.insert(anEvent('heard late', { status: 'delivered' }), due);
    await store.events.insert(anEvent('witness', { status: 'delivered' }), due);
    await store.events.addTargets(shop, key, { targets: [aTarget(1)], nextAt: 0 });

    serverNow += 401 * dayMs;

    await until(async () => !(await isThere('witness')));
    expect(await isThere('heard late')).toBe(true);
  });

  it('ends when a dead event is revived', async () => {
    const { key } = anEvent('revived');
    await store.events.insert(anEvent('revived'), due);
    await store.events.insert(anEvent('dead'), due);
    await store.events.bury(shop, key, 'impossible');
    await store.events.bury(shop, anEvent('dead').key, 'impossible');
    await store.events.revive(shop, key, due);

    serverNow += 401 * dayMs;

    await until(async () => !(await isThere('dead')));
    expect(await isThere('revived')).toBe(true);
  });

  it('follows the configuration of the last start', async () => {
    await store.events.insert(anEvent('kept a week', { status: 'delivered' }), due);
    await store.close();
    store = await storeKeeping(7);

    serverNow += 8 * dayMs;

    await until(async () => !(await isThere('kept a week')));
    expect(await isThere('kept a week')).toBe(false);
  });

  it('fault 25: is the same for all that start with another one at once', async () => {
    const starting = await Promise.all([7, 7, 7, 7, 30, 30].map(storeKeeping));

    await Promise.all(starting.map((other) => other.close()));
    expect(starting).toHaveLength(6);
  });
});

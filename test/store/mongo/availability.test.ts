import { startStore, type Store as Server } from '../../../dev/mongo/storage/store';
import { createStore, type Store } from '../../../src/store/store';
import { until } from '../../support/processes/until';
import { ada, anEvent, shop } from '../builders';
import { sealing } from '../../support/sealing';

describe('availability', () => {
  const servers: Server[] = [];
  const stores: Store[] = [];
  const start = async (port: number) => {
    const server = await startStore({ port });
    servers.push(server);
    return server;
  };
  const storeOn = ({ uri }: Server) => {
    const store = createStore({ uri, sealing });
    stores.push(store);
    return store;
  };

  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('says unavailable before it is connected', async () => {
    const store = storeOn(await start(0));

    const calls = [() => store.contacts.findById(shop, ada), store.ping];

    const outcomes = await Promise.allSettled(calls.map((call) => call()));

    const unavailable = { status: 'rejected', reason: { code: 'unavailable' } };
    expect(outcomes).toMatchObject([unavailable, unavailable]);
  });

  it('says unavailable while MongoDB is away, and connects when it is there', async () => {
    const server = await start(0);
    const store = storeOn(server);
    await server.close();

    await expect(store.connect()).rejects.toMatchObject({ code: 'unavailable' });
    await start(server.port);
    await store.connect();

    await expect(store.ping()).resolves.toBeUndefined();
  });

  it('acknowledges nothing while MongoDB is gone, and finds its way back', async () => {
    const server = await start(0);
    const store = storeOn(server);
    await store.connect();
    await store.ensureIndexes();
    const event = anEvent('Order Completed');
    await server.close();

    const writing = store.events.insert(event, { nextAt: 0 });
    await expect(writing).rejects.toMatchObject({ code: 'unavailable' });
    await start(server.port);
    await until(async () => (await store.ping().catch(() => 'away')) !== 'away');

    expect(await store.events.insert(event, { nextAt: 0 })).toEqual({ kind: 'inserted' });
  });

  it('sees within one session what was acknowledged before', async () => {
    const store = storeOn(await start(0));
    await store.connect();
    const event = anEvent('Order Completed');
    await store.events.insert(event, { nextAt: 0 });

    const search = { names: [event.name], receivedFrom: 0, paths: [] };
    const seen = await store.causally((verbs) => verbs.events.ofContact(shop, ada, search));

    expect(seen).toMatchObject([{ key: event.key }]);
  });
});

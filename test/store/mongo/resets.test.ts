import { startStore, type Store as Server } from '../../../dev/mongo/storage/store';
import { createStore, type Store } from '../../../src/store/store';
import {
  startFaultyProxy,
  type FaultyProxy,
  type WireFault,
} from '../../support/processes/faulty-proxy';
import { aClaim, anEvent, shop } from '../builders';
import { patient } from '../../support/patience';
import { sealing } from '../../support/sealing';

let server: Server;
let proxy: FaultyProxy;
let store: Store;

beforeEach(async () => {
  server = await startStore({ port: 0 });
  proxy = await startFaultyProxy(server.port);
  store = createStore({ uri: proxy.uri, sealing }, patient);
  await store.connect();
  await store.ensureIndexes();
});
afterEach(async () => {
  await store.close();
  await proxy.close();
  await server.close();
});

const due = { nextAt: 0 };
const event = anEvent('Order Completed', { status: 'delivered' });
const large = anEvent('large', {
  status: 'delivered',
  properties: { text: 'x'.repeat(8_000_000) },
});

describe('fault 25: a connection that is reset', () => {
  it.each<[string, string, WireFault, () => Promise<unknown>]>([
    ['an insert', 'insert', 'reset', () => store.events.insert(event, due)],
    ['an insert that came through', 'insert', 'reset-late', () => store.events.insert(event, due)],
    ['an insert under way', 'insert', 'reset-full', () => store.events.insert(large, due)],
    ['a search', 'find', 'reset', () => store.events.findByKey(shop, event.key)],
    ['a count', 'aggregate', 'reset', () => store.events.backlog(10)],
    [
      'a change of many kinds',
      'update',
      'reset',
      () => store.events.markDelivered(shop, [event.key], { targets: 0, at: 1 }),
    ],
    ['a change of one row', 'update', 'reset', () => store.events.bury(shop, event.key, 'why')],
    [
      'a change that answers the row',
      'findAndModify',
      'reset-late',
      () => store.events.claimPending({ now: 1, leaseMs: 1, limit: 1 }),
    ],
    ['a ping', 'ping', 'reset', () => store.ping()],
  ])('under %s is tried again', async (_name, command, fault, call) => {
    await store.events.insert(anEvent('pending'), due);
    proxy.inject(command, fault, fault);

    await expect(call()).resolves.not.toThrow();
  });
});

describe('fault 25: a server that resets again and again', () => {
  it('is unavailable, soon', async () => {
    const hurried = createStore({ uri: proxy.uri, sealing });
    await hurried.connect();
    proxy.inject('insert', ...Array.from({ length: 500 }, () => 'reset' as const));

    const inserting = hurried.events.insert(event, due);

    await expect(inserting).rejects.toMatchObject({ code: 'unavailable' });
    await hurried.close();
  });

  it('never makes a hand-over doubtful that this very call has marked', async () => {
    const claim = aClaim(1);
    await store.messages.claim(claim);
    proxy.inject('update', 'reset-late');
    proxy.inject('findAndModify', 'reset-late');

    expect(await store.messages.beginHanding(shop, claim.id, 5)).toBe(true);
    expect(await store.messages.beginHanding(shop, claim.id, 5)).toBe(false);
  });

  it('takes no request of a client for another that still runs', async () => {
    const request = { route: 'POST /v1/x', key: 'k1', fingerprint: 'f' };
    const keeping = { now: 1, leaseMs: 1_000, keepMs: 1_000 };
    proxy.inject('insert', 'reset-late');

    expect(await store.idempotency.begin(shop, request, keeping)).toEqual({ kind: 'begun' });
    expect(await store.idempotency.begin(shop, request, keeping)).toEqual({ kind: 'running' });
  });

  it('settles a message in a session', async () => {
    const claim = aClaim(1);
    await store.messages.claim(claim);
    proxy.inject('findAndModify', 'reset', 'reset');

    const settled = await store.causally((verbs) =>
      verbs.messages.settle(shop, claim.id, { status: 'sent', providerId: 'p1', at: 1 }),
    );

    expect(settled.status).toBe('sent');
  });
});

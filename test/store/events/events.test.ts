import { contactId, eventKey } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json/json';
import type { RecordedEvent } from '../../../src/core/events/recorded-event';
import type { Events } from '../../../src/store/events/events';
import { openTestStore, type TestStore } from '../../support/store';
import { ada, aDeadEvent, anEvent, anUnroutedEvent, aTarget, rival, shop } from '../builders';

describe('events', () => {
  let opened: TestStore;
  let events: Events;
  const insert = (event: RecordedEvent, nextAt = 0) => events.insert(event, { nextAt });
  const find = (event: RecordedEvent) => events.find(shop, event.key);

  beforeEach(async () => {
    opened = await openTestStore();
    events = opened.store.events;
  });
  afterEach(() => opened.close());

  it('records an event once when ten callers insert it at once', async () => {
    const event = anEvent('Order Completed');

    const results = await Promise.all(Array.from({ length: 10 }, () => insert(event)));

    const inserted = results.filter(({ kind }) => kind === 'inserted');
    expect(inserted).toHaveLength(1);
    expect(results).toContainEqual({ kind: 'duplicate', existing: event });
  });

  it('refuses a field that it does not list, so that none is dropped or kept unseen', async () => {
    const strange = { ...anEvent('Order Completed'), nickname: 'ada' };

    await expect(insert(strange)).rejects.toThrow('events has no field "nickname"');
  });

  it('gives an event back as it was, whatever its properties are called', async () => {
    const text = '{"a.b":{"$gt":1},"__proto__":{"x":1},"toJSON":1,"none":null,"list":[{},[]]}';
    const event = anEvent('Cart Updated', {
      properties: JSON.parse(text) as JsonObject,
      source: 'segment',
    });

    await insert(event);

    expect(await events.find(shop, event.key)).toEqual(event);
    expect(await events.find(shop, event.id)).toEqual(event);
    expect(await events.findByKey(shop, event.key)).toEqual(event);
    expect(JSON.stringify((await find(event))?.properties)).toBe(text);
  });

  it('keeps the one key that the driver reserves', async () => {
    const event = anEvent('Reserved', { properties: { deep: [{ _bsontype: 'Long' }] } });
    await insert(event);

    expect((await find(event))?.properties).toEqual(event.properties);
  });

  it('gives all that was received of several contacts, oldest first, page by page', async () => {
    const bea = contactId('cbea');
    await insert(anEvent('c', { receivedAt: 2, contact: bea }));
    await insert(anEvent('b', { receivedAt: 2 }));
    await insert(anUnroutedEvent('d', { receivedAt: 3 }));
    await insert(anEvent('a', { receivedAt: 1, occurredAt: 9 }));
    await insert(anEvent('of another', { contact: contactId('ceve') }));
    await insert(anEvent('elsewhere', { workspace: rival }));

    const page = await events.history(shop, [ada, bea], { limit: 2 });
    const next = await events.history(shop, [ada, bea], { limit: 2, cursor: page.nextCursor });

    expect(page.data.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(next.data.map(({ id }) => id)).toEqual(['c', 'd']);
    expect(next).not.toHaveProperty('nextCursor');
  });

  it('adds a target once, however often and by whomever it is added', async () => {
    const event = anEvent('Order', { status: 'delivered', targets: [aTarget(1)] });
    await insert(event);

    const added = { targets: [aTarget(1), aTarget(2)], nextAt: 0 };
    await Promise.all([1, 2, 3].map(() => events.addTargets(shop, event.key, added)));

    const stored = await find(event);
    expect(stored).toMatchObject({ status: 'pending' });
    expect(stored?.targets).toEqual([aTarget(1), aTarget(2)]);
  });

  it('leaves a delivered event alone when it has all the targets', async () => {
    const event = anEvent('Order', { status: 'delivered', targets: [aTarget(1)] });
    await insert(event);

    await events.addTargets(shop, event.key, { targets: [aTarget(1)], nextAt: 0 });

    expect(await find(event)).toEqual(event);
  });

  it('sets the effect of one target', async () => {
    const event = anEvent('Order', { targets: [aTarget(1), aTarget(2)] });
    await insert(event);

    const exited = { kind: 'exited', as: 'converted' } as const;
    const { enrollment } = aTarget(2);
    await events.setEffect(shop, event.key, { enrollment, effect: exited });

    const stored = await find(event);
    expect(stored?.targets).toEqual([aTarget(1), { ...aTarget(2), effect: exited }]);
  });

  it('hands each due event to one claimant, the longest due first, of every workspace', async () => {
    await insert(anEvent('second'), 20);
    await insert(anEvent('first', { workspace: rival }), 10);
    await insert(anEvent('not due'), 101);
    await insert(anEvent('delivered', { status: 'delivered' }), 5);

    const claim = { now: 100, leaseMs: 50, limit: 5 };
    const claims = await Promise.all([events.claimPending(claim), events.claimPending(claim)]);

    const ids = claims.flat().map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['first', 'second']);
  });

  it('claims no more than the limit', async () => {
    await insert(anEvent('second'), 20);
    await insert(anEvent('first'), 10);

    const claimed = await events.claimPending({ now: 100, leaseMs: 50, limit: 1 });

    expect(claimed.map(({ id }) => id)).toEqual(['first']);
  });

  it('comes back to the claimants when the lease has run out', async () => {
    await insert(anEvent('Order'), 10);
    await events.claimPending({ now: 100, leaseMs: 50, limit: 1 });

    const early = await events.claimPending({ now: 149, leaseMs: 50, limit: 1 });
    const later = await events.claimPending({ now: 150, leaseMs: 50, limit: 1 });

    expect([early.length, later.length]).toEqual([0, 1]);
  });

  it('waits as long as it is postponed, and says how often it was', async () => {
    const event = anEvent('Order');
    await insert(event, 10);
    await events.postpone(shop, event.key, { nextAt: 500, attempts: 3 });

    const early = await events.claimPending({ now: 499, leaseMs: 50, limit: 1 });
    const [due] = await events.claimPending({ now: 500, leaseMs: 50, limit: 1 });

    expect(early).toEqual([]);
    expect(due).toEqual({ ...event, attempts: 3 });
  });

  it('buries a pending event and no other', async () => {
    const lost = anEvent('lost');
    const delivered = anEvent('delivered', { status: 'delivered' });
    await insert(lost);
    await insert(delivered);

    await events.bury(shop, lost.key, 'impossible');
    await events.bury(shop, delivered.key, 'impossible');

    const dead = await events.list(shop, { status: 'dead' }, { limit: 10 });
    expect(dead).toEqual({ data: [{ ...lost, status: 'dead', because: 'impossible' }] });
    expect(await find(delivered)).toEqual(delivered);
    expect(await events.claimPending({ now: 100, leaseMs: 50, limit: 5 })).toEqual([]);
  });

  it('measures the backlog over every workspace', async () => {
    const empty = await events.backlog(10);
    await insert(anEvent('young', { receivedAt: 20 }));
    await insert(anEvent('old', { receivedAt: 10, workspace: rival }));
    await insert(anEvent('done', { receivedAt: 5, status: 'delivered' }));
    await insert(aDeadEvent('lost', { receivedAt: 4 }));

    const backlog = await events.backlog(10);

    expect(empty).toEqual({ pending: 0, dead: 0 });
    expect(backlog).toEqual({ pending: 2, dead: 1, oldestReceivedAt: 10 });
  });

  it('fault 24: counts a backlog no further than it is asked', async () => {
    await insert(anEvent('young', { receivedAt: 20 }));
    await insert(anEvent('old', { receivedAt: 10 }));
    await insert(aDeadEvent('lost', { receivedAt: 4 }));
    await insert(aDeadEvent('gone', { receivedAt: 3 }));

    const backlog = await events.backlog(1);

    expect(backlog).toEqual({ pending: 1, dead: 1, oldestReceivedAt: 10 });
  });

  it('pages from the latest to the oldest, also through events of one instant', async () => {
    await insert(anEvent('a', { receivedAt: 10 }));
    await insert(anEvent('b', { receivedAt: 20 }));
    await insert(anEvent('c', { receivedAt: 20 }));

    const first = await events.list(shop, {}, { limit: 2 });
    const second = await events.list(shop, {}, { limit: 2, cursor: first.nextCursor });

    expect(first.data.map(({ id }) => id)).toEqual(['c', 'b']);
    expect(second.data.map(({ id }) => id)).toEqual(['a']);
    expect(second.nextCursor).toBeUndefined();
  });

  it.each(['nonsense', '', Buffer.from('{"at":{"$gt":0},"id":"x"}').toString('base64url')])(
    'refuses the cursor %j',
    async (cursor) => {
      const listing = events.list(shop, {}, { limit: 2, cursor });

      await expect(listing).rejects.toMatchObject({ code: 'invalid' });
    },
  );

  it('is out of reach of another workspace', async () => {
    const event = anEvent('Order', { targets: [aTarget(1)] });
    const { enrollment } = aTarget(1);
    await insert(event);

    await events.addTargets(rival, event.key, { targets: [aTarget(2)], nextAt: 9 });
    await events.setEffect(rival, event.key, { enrollment, effect: { kind: 'entered' } });
    await events.markDelivered(rival, [event.key], { targets: 1, at: 10 });
    await events.postpone(rival, event.key, { nextAt: 999, attempts: 9 });
    await events.bury(rival, event.key, 'not yours');

    expect(await find(event)).toEqual(event);
    expect(await events.find(rival, event.key)).toBeUndefined();
    expect(await events.find(rival, event.id)).toBeUndefined();
    expect(await events.findByKey(rival, event.key)).toBeUndefined();
    expect(
      await events.ofContact(rival, ada, { names: [event.name], receivedFrom: 0, paths: [] }),
    ).toEqual([]);
    expect(await events.list(rival, {}, { limit: 9 })).toEqual({ data: [] });
  });

  it('says nothing about an event that is not there', async () => {
    const found = await events.find(shop, eventKey('nowhere'));

    expect(found).toBeUndefined();
  });
});

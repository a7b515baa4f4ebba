import { pick } from '../../../src/core/conditions/fact-at';
import { contactId } from '../../../src/core/ids';
import type { RecordedEvent } from '../../../src/core/events/recorded-event';
import type { Events } from '../../../src/store/events/events';
import { openWatchedStore } from '../../support/commands';
import { openTestStore, type TestStore } from '../../support/store';
import { ada, anEvent, anUnroutedEvent, aTarget, shop } from '../builders';

describe('a search among the events of a contact', () => {
  let opened: TestStore;
  let events: Events;
  const insert = (event: RecordedEvent) => events.insert(event, { nextAt: 0 });

  beforeEach(async () => {
    opened = await openTestStore({});
    events = opened.store.events;
  });
  afterEach(() => opened.close());

  it('lists by name what journeys may hear of a contact, in the order of receipt', async () => {
    await insert(anEvent('late', { name: 'Order', occurredAt: 100, receivedAt: 900 }));
    await insert(anEvent('new', { name: 'Order', occurredAt: 800, receivedAt: 800 }));
    await insert(anUnroutedEvent('strange', { name: 'Order' }));
    await insert(anEvent('other', { name: 'Cart', occurredAt: 800, receivedAt: 800 }));

    const found = await events.ofContact(shop, ada, {
      names: ['Order'],
      receivedFrom: 0,
      paths: [],
    });

    expect(found.map(({ occurredAt }) => occurredAt)).toEqual([800, 100]);
  });

  it('attack 5: reads the newest 500, in the order of receipt', async () => {
    const numbers = Array.from({ length: 502 }, (_, n) => n);
    await Promise.all(
      numbers.map((n) => insert(anEvent(`e${n}`, { name: 'Order', receivedAt: n }))),
    );

    const found = await events.ofContact(shop, ada, {
      names: ['Order'],
      receivedFrom: 0,
      paths: [],
    });

    expect(found.map(({ receivedAt }) => receivedAt)).toEqual(numbers.slice(2));
  });

  it('attack 5: decodes many events in parts, and lets other work go on between them', async () => {
    const watched = await openWatchedStore(opened.uri);
    const numbers = Array.from({ length: 25 }, (_, n) => n);
    await Promise.all(
      numbers.map((n) => insert(anEvent(`e${n}`, { name: 'Order', receivedAt: n }))),
    );
    const search = { names: ['Order'], receivedFrom: 0, paths: [] };

    const sent = await watched.during(() => watched.store.events.ofContact(shop, ada, search));
    await watched.store.close();

    expect(sent.map((command) => command.split(' ')[0])).toEqual(['find', 'getMore', 'getMore']);
  });

  it('attack 5: reads the newest 2 MiB of what is asked for', async () => {
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    const properties = { products: ['x'.repeat(50_000)], note: 'y'.repeat(50_000) };
    for (const receivedAt of numbers)
      await insert(anEvent(`e${receivedAt}`, { name: 'Order', receivedAt, properties }));
    const search = { names: ['Order'], receivedFrom: 0 };

    const found = await events.ofContact(shop, ada, { ...search, paths: ['properties.products'] });
    const all = await events.ofContact(shop, ada, { ...search, paths: [] });

    expect(found.map(({ receivedAt }) => receivedAt)).toEqual(numbers.slice(-42));
    expect(all).toHaveLength(60);
  });

  it('fault 23: searches no further back than asked, for the asked properties alone', async () => {
    const properties = {
      cart_id: 'a',
      note: 'long',
      products: [{ sku: 'one', name: 'Jug' }, { sku: 'two' }, 'odd', { name: 'Cup' }],
      order: { id: 7, lines: ['x'] },
    };
    const facts = { name: 'Order', occurredAt: 1 };
    await insert(anEvent('before', { ...facts, receivedAt: 499, properties }));
    await insert(anEvent('at', { ...facts, receivedAt: 500, properties, targets: [aTarget(1)] }));
    await insert(anEvent('bare', { ...facts, receivedAt: 501 }));
    const paths = [
      'properties.cart_id',
      'properties.products[].sku',
      'properties.order.id',
      'name',
    ];

    const found = await events.ofContact(shop, [ada, contactId('cother')], {
      names: ['Order', 'Refund'],
      receivedFrom: 500,
      paths,
    });

    const [first, bare] = found;
    expect(found).toHaveLength(2);
    expect(pick({ properties: first?.properties ?? {} }, paths)).toEqual(
      pick({ properties }, paths),
    );
    expect(JSON.stringify(first)).not.toMatch(/long|Jug|Cup|lines/);
    expect(first?.targets.map(({ enrollment }) => enrollment)).toEqual([aTarget(1).enrollment]);
    expect(bare?.properties).toEqual({});
  });

  it.each(['properties', 'properties.$where', 'properties.', 'properties.a.$b[].c'])(
    'fault 23: gives all properties where %s cannot be asked for alone',
    async (path) => {
      const properties = { $where: 1, a: { $b: [{ c: 2 }] }, b: 3 };
      await insert(anEvent('Order', { properties }));
      const search = { names: ['Order'], receivedFrom: 0, paths: [path, 'properties.b'] };

      expect(await events.ofContact(shop, ada, search)).toMatchObject([{ properties }]);
    },
  );
});

import { contactId, type EventKey } from '../../../src/core/ids';
import type { Events } from '../../../src/store/events/events';
import { inCollection, type StoredDocument } from '../../support/stored';
import { openTestStore, type TestStore } from '../../support/store';
import { ada, aDeadEvent, anEvent, anUnroutedEvent, shop } from '../builders';

let opened: TestStore;
let events: Events;

beforeAll(async () => {
  opened = await openTestStore({});
  events = opened.store.events;
});
afterAll(() => opened.close());

const found = (key: EventKey) => events.findByKey(shop, key);

describe('a document of an event', () => {
  const operator = { by: 'support', reason: 'She called' };

  it.each([
    ['that is pending', anEvent('pending')],
    ['that is delivered', anEvent('delivered', { status: 'delivered' })],
    ['that was set aside', aDeadEvent('dead')],
    ['that is recorded only', anUnroutedEvent('unrouted')],
    ['that ends an enrollment', anEvent('exit', { command: { kind: 'exit', ...operator } })],
    [
      'that merges',
      anEvent('merge', { command: { kind: 'merge', other: contactId('cbea'), lookAgainAt: 9 } }),
    ],
  ])('%s is read as it was stored', async (_title, event) => {
    await events.insert(event, { nextAt: 0 });

    expect(await found(event.key)).toEqual(event);
  });

  it('keeps the shape that another version of the code reads', async () => {
    const event = anEvent('skip', { command: { kind: 'skip-wait', ...operator } });
    await events.insert(event, { nextAt: 0 });

    const stored = await inCollection(opened.uri, 'events', (documents) =>
      documents.findOne({ _id: event.key }),
    );

    expect(stored).toMatchObject({ intervention: { action: 'skip-wait', ...operator } });
    expect(stored).not.toHaveProperty('command');
  });

  it('of an earlier version still reads', async () => {
    const { key, ...rest } = anEvent('old', { status: 'delivered' });
    const old = { ...rest, _id: key, settledAt: new Date(0), nextAt: 0, attempts: 0 };
    const intervened = { ...old, _id: 'i', intervention: { action: 'exit', ...operator } };
    const dead = { ...old, _id: 'd', status: 'dead', because: 'It cannot be encoded' };
    const unrouted = { ...old, _id: 'u', unrouted: 'too-old' };
    const erasing = {
      ...old,
      _id: 'e',
      status: 'pending',
      command: { kind: 'erase', lookAgainAt: 9 },
    };
    await insertAll([old, intervened, dead, unrouted, erasing]);

    const read = await events.history(shop, [ada], { limit: 50 });

    const byKey = new Map(read.data.map((event) => [String(event.key), event]));
    expect(byKey.get(key)).toEqual({ key, ...rest });
    expect(byKey.get('i')?.command).toEqual({ kind: 'exit', ...operator });
    expect(byKey.get('d')).toMatchObject({ status: 'dead', because: 'It cannot be encoded' });
    expect(byKey.get('u')).toMatchObject({ status: 'delivered', unrouted: 'too-old' });
    expect(byKey.get('e')?.command).toEqual({ kind: 'erase', lookAgainAt: 9 });
  });

  function insertAll(documents: readonly StoredDocument[]) {
    return inCollection(opened.uri, 'events', (collection) =>
      collection.insertMany([...documents]),
    );
  }
});

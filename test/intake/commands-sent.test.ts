import { cart, cartJourney } from '../support/cart';
import { openWatchedStore, type WatchedStore } from '../support/commands';
import { testIntake } from '../support/intake';
import { openTestStore, type TestStore } from '../support/store';

let opened: TestStore;
let watched: WatchedStore;

beforeAll(async () => {
  opened = await openTestStore();
  watched = await openWatchedStore(opened.uri);
});
afterAll(async () => {
  await watched.store.close();
  await opened.close();
});

const { limit: _limit, ...entry } = cartJourney.entry;
const journey = { ...cartJourney, entry };
const entryOf = (n: number) => ({ ...cart, id: `cart-${n}`, contact: { userId: `shopper ${n}` } });
const visitOf = (n: number) => ({ ...entryOf(n), name: 'Page Viewed', id: `view-${n}` });

describe('the commands of the store for an entry, until its enrollment waits', () => {
  it('are fourteen where it comes alone', async () => {
    const shop = testIntake(watched.store);
    await shop.publish(journey);
    await shop.receive(visitOf(1));

    const sent = await watched.during(() => shop.receive(entryOf(1)));

    const accepted = [
      'find contacts',
      'find events',
      'find enrollments',
      'find enrollments',
      'find events',
      'insert enrollments',
      'insert events',
    ];
    const settled = [
      'find contacts',
      'find events',
      'find enrollments',
      'find events',
      'insert decisions',
      'update enrollments',
      'update events',
    ];
    expect(sent).toEqual([...accepted, ...settled]);
  });

  it('look for no past of a contact that it creates', async () => {
    const shop = testIntake(watched.store);
    await shop.publish(journey);
    await shop.receive(visitOf(2));

    const sent = await watched.during(() => shop.receive(entryOf(1)));

    const accepted = sent.slice(0, sent.indexOf('insert events') + 1);
    expect(accepted).toEqual([
      'find contacts',
      'insert contacts',
      'find events',
      'insert enrollments',
      'insert events',
    ]);
  });

  it('are shared by many that come together', async () => {
    const shop = testIntake(watched.store);
    const many = Array.from({ length: 48 }, (_, n) => n);
    await shop.publish(journey);
    await Promise.all(many.map((n) => shop.receive(visitOf(n))));

    const sent = await watched.during(() => Promise.all(many.map((n) => shop.receive(entryOf(n)))));

    expect(await shop.enrollments()).toHaveLength(many.length);
    expect(sent.length / many.length).toBeLessThan(1);
  });
});

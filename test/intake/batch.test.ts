import { cart, cartJourney, order } from '../support/cart';
import { openWatchedStore, type WatchedStore } from '../support/commands';
import { noon, testIntake } from '../support/intake';
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

const contact = { userId: 'ada' };
const updated = (n: number) => ({ ...cart, contact, id: `update-${n}`, occurredAt: noon + n });
const bought = { ...order, contact, id: 'order', occurredAt: noon + 4 };

describe('events of a contact that are received together', () => {
  it('reach an enrollment as its start and one signal, in their order', async () => {
    const shop = testIntake(opened.store);
    await shop.publish(cartJourney);

    await shop.intake.batch(async (receive) => {
      for (const event of [updated(1), updated(2), updated(3), bought]) {
        await receive(shop.workspace, event);
      }
    });
    await shop.intake.drain();

    const names = ['Cart Updated', 'Cart Updated', 'Order Completed'];
    expect(shop.temporal.calls).toEqual(['start', names.join(',')]);
    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
  });

  it('are settled as far as they came where one of them fails', async () => {
    const shop = testIntake(opened.store);
    await shop.publish(cartJourney);

    const work = shop.intake.batch(async (receive) => {
      await receive(shop.workspace, updated(1));
      throw new Error('the client has gone');
    });
    await expect(work).rejects.toThrow('the client has gone');
    await shop.intake.drain();

    expect(shop.temporal.calls).toEqual(['start']);
  });
});

describe('a burst of a contact that is accepted at once', () => {
  const viewed = (n: number) => ({ ...updated(n), name: 'Product Viewed', id: `view-${n}` });
  const numbers = Array.from({ length: 20 }, (_, n) => n);

  it('is resolved, routed and inserted by one command each', async () => {
    const shop = testIntake(watched.store);
    await shop.publish(cartJourney);
    await shop.receive(updated(1));

    const sent = await watched.during(() =>
      shop.intake.batch((receive) =>
        Promise.all(numbers.map((n) => receive(shop.workspace, viewed(n)))),
      ),
    );

    expect(sent).toEqual(['find contacts', 'find enrollments', 'insert events']);
  });

  it('keeps its order where one of its events opens an enrollment', async () => {
    const shop = testIntake(opened.store);
    await shop.publish(cartJourney);

    await shop.intake.batch((receive) =>
      Promise.all(
        [viewed(1), updated(1), bought, viewed(2), updated(5)].map((event) =>
          receive(shop.workspace, event),
        ),
      ),
    );
    await shop.intake.drain();

    const { data } = await opened.store.events.list(shop.workspace.id, {}, { limit: 10 });
    expect(data.map(({ id }) => id).toReversed()).toEqual([
      'view-1',
      'update-1',
      'order',
      'view-2',
      'update-5',
    ]);
    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
  });

  it('takes the first of two events that share an id', async () => {
    const shop = testIntake(opened.store);
    await shop.publish(cartJourney);
    const other = { ...viewed(1), properties: { sku: 'another' } };

    const receipts = await shop.intake.batch((receive) =>
      Promise.all([viewed(1), viewed(1), other].map((event) => receive(shop.workspace, event))),
    );

    expect(receipts.map(({ kind }) => kind)).toEqual(['accepted', 'duplicate', 'conflict']);
  });

  it('settles those that are durable where another fails', async () => {
    const shop = testIntake(opened.store);
    await shop.publish(cartJourney);
    const nameless = { ...viewed(1), contact: { id: 'nobody that we know' } };

    const work = shop.intake.batch(async (receive) => {
      const [first, second] = await Promise.allSettled([
        receive(shop.workspace, nameless),
        receive(shop.workspace, updated(1)),
      ]);
      return [first.status, second.status];
    });

    expect(await work).toEqual(['rejected', 'fulfilled']);
    await shop.intake.drain();
    expect(shop.temporal.calls).toEqual(['start']);
  });
});

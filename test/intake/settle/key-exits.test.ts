import { contactId } from '../../../src/core/ids';
import { redriveOnce } from '../../../src/intake/settle/redrive';
import type { Store } from '../../../src/store/store';
import { aJourney } from '../../support/core/builders';
import { noon, testIntake } from '../../support/intake';
import { openTestStore, type TestStore } from '../../support/store';

const hour = 3_600_000;
const key = ['properties.cart_id', 'properties.checkout_id'];
const journey = aJourney({
  entry: { events: ['Cart Updated'], key, repeat: 'refresh' },
  exits: [
    { events: ['Order Completed'], key, as: 'converted' },
    { events: ['Unsubscribed'], as: 'unsubscribed' },
  ],
  steps: [{ id: 'pause', kind: 'wait', for: 'PT1H' }],
});
const visitor = { anonymousId: 'visitor' };
const account = { userId: 'ada', email: 'ada@shop.test' };
const cart = { contact: visitor, properties: { cart_id: 'a' }, occurredAt: noon };
const order = {
  name: 'Order Completed',
  contact: account,
  properties: { cart_id: 'a' },
  occurredAt: noon + 1,
};
const converted = [{ ended: { as: 'converted', because: 'exit-event' } }];

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

async function aShop(store: Store = opened.store) {
  const shop = testIntake(store);
  await shop.publish(journey);
  return shop;
}

describe('an order of exactly this cart', () => {
  it("R36: ends its reminders, whoever's contact it names", async () => {
    const shop = await aShop();
    await shop.receive(cart);

    await shop.receive(order);

    expect(await shop.enrollments()).toMatchObject(converted);
    expect(shop.temporal.told).toMatchObject([
      { events: [{ name: 'Order Completed', effect: { kind: 'exited', as: 'converted' } }] },
    ]);
  });

  it('R37: ends the reminders of a contact known by its address only', async () => {
    const shop = await aShop();
    await shop.receive({ ...cart, contact: { email: 'ada@shop.test' } });

    await shop.receive(order);

    expect(await shop.enrollments()).toMatchObject(converted);
  });

  it('leaves the cart of another id, and tells it nothing', async () => {
    const shop = await aShop();
    await shop.receive(cart);

    await shop.receive({ ...order, properties: { cart_id: 'b' } });

    expect(await shop.enrollments()).not.toMatchObject(converted);
    expect(shop.temporal.told).toEqual([]);
  });

  it.each([
    ['R44: its own contact', visitor],
    ['fault 27: another contact', account],
  ])('refuses a cart that comes a day after it: %s', async (_what, contact) => {
    const shop = await aShop();
    await shop.receive({ ...order, contact });
    shop.at(noon + 24 * hour);

    const { refusals } = await shop.receive({ ...cart, occurredAt: noon + 24 * hour });

    expect(refusals).toMatchObject([{ reason: 'already-converted' }]);
  });

  it.each([
    ['later', 1],
    ['earlier', -1],
  ])('fault 19: ends it by a checkout that a %s update has told', async (_what, afterMs) => {
    const shop = await aShop();
    await shop.receive({ ...cart, id: 'first' });
    const properties = { cart_id: 'a', checkout_id: 'ch-1' };
    await shop.receive({ ...cart, properties, occurredAt: noon + afterMs });
    await shop.receive({ ...cart, id: 'last', occurredAt: noon + 2 });

    await shop.receive({ ...order, properties: { checkout_id: 'ch-1' } });

    expect(await shop.enrollments()).toMatchObject(converted);
  });

  it('ends it the moment that an update names its checkout', async () => {
    const shop = await aShop();
    await shop.receive({ ...cart, id: 'first' });
    await shop.receive({ ...order, properties: { checkout_id: 'ch-1' } });

    const properties = { cart_id: 'a', checkout_id: 'ch-1' };
    await shop.receive({ ...cart, properties, occurredAt: noon + 2 });

    expect(await shop.enrollments()).toMatchObject(converted);
  });

  it('ends nothing by a key that a crowd shares', async () => {
    const shop = await aShop();
    for (let n = 0; n < 21; n += 1) {
      await shop.receive({ ...cart, id: `cart-${n}`, contact: { userId: `shopper-${n}` } });
    }

    await shop.receive(order);

    const ended = (await shop.enrollments()).filter(({ ended }) => ended);
    expect(ended).toEqual([]);
  });
});

describe('fault 27: a cart and its order under two contacts, in two processes', () => {
  it('meet when the cart is taken in whole while the order is being stored', async () => {
    const shop = await aShop();
    const { events } = opened.store;
    const insert: typeof events.insert = async (event, due) => {
      await shop.receive(cart);
      return events.insert(event, due);
    };
    const store = { ...opened.store, events: { ...events, insert } };
    const other = testIntake(store, { workspace: shop.workspace, temporal: shop.temporal });

    await other.receive(order);

    expect(await shop.enrollments()).toMatchObject(converted);
  });

  it('meet when the order is taken in whole while the enrollment of the cart is being opened', async () => {
    const shop = await aShop();
    const { enrollments } = opened.store;
    const open: typeof enrollments.open = async (enrollment, due) => {
      await shop.receive(order);
      return enrollments.open(enrollment, due);
    };
    const store = { ...opened.store, enrollments: { ...enrollments, open } };
    const other = testIntake(store, { workspace: shop.workspace, temporal: shop.temporal });

    await other.receive(cart);

    expect(await shop.enrollments()).toMatchObject(converted);
  });

  it('meet after a crash between the answer to the order and its settling', async () => {
    const shop = await aShop();
    await shop.receive(cart);
    const away = { ...opened.store.enrollments, openByKeys: () => Promise.reject(new Error('x')) };
    const store = { ...opened.store, enrollments: away };
    const dying = testIntake(store, { workspace: shop.workspace, temporal: shop.temporal });
    await dying.receive(order);
    expect(await shop.enrollments()).not.toMatchObject(converted);

    shop.realAt(noon + hour);
    await redriveOnce(shop.dependencies);

    expect(await shop.enrollments()).toMatchObject(converted);
  });
});

describe('an erased contact', () => {
  it('leaves no key behind, in its events and in its enrollments', async () => {
    const shop = await aShop();
    await shop.receive(cart);
    const { contact } = await shop.receive({ ...order, properties: { cart_id: 'b' } });
    const [enrollment] = await shop.enrollments();
    if (!enrollment) throw new Error('nobody entered');
    const { events, enrollments } = opened.store;
    const carried = () => events.ofKeys(shop.workspace.id, ['properties.cart_id=b']);
    expect(await carried()).toHaveLength(1);

    await events.erase(shop.workspace.id, [contactId(contact)]);
    await enrollments.erase(shop.workspace.id, [enrollment.contact]);

    expect(await carried()).toEqual([]);
    expect(await enrollments.find(shop.workspace.id, enrollment.id)).not.toHaveProperty('keys');
  });
});

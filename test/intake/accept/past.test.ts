import { randomUUID } from 'node:crypto';
import type { Events } from '../../../src/store/events/events';
import type { Store } from '../../../src/store/store';
import { cart, cartJourney, order } from '../../support/cart';
import { noon, testIntake } from '../../support/intake';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

const day = 86_400_000;
let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

/** Counts the events that searches have found. */
function counting(store: Store): Readonly<{ store: Store; found: () => number }> {
  let count = 0;
  const counted = (events: Events): Events => ({
    ...events,
    ofContact: async (...search) => {
      const found = await events.ofContact(...search);
      count += found.length;
      return found;
    },
  });
  return {
    found: () => count,
    store: {
      ...store,
      events: counted(store.events),
      causally: (work) =>
        store.causally((verbs) => work({ ...verbs, events: counted(verbs.events) })),
    },
  };
}

describe('fault 23: the orders of years', () => {
  const contact = { userId: `ada-${randomUUID()}` };
  const others = { ...order, contact, properties: { cart_id: 'old' } };

  it('are read by neither entry, refresh nor what looks for earlier events', async () => {
    const { store, found } = counting(opened.store);
    const shop = testIntake(store);
    await shop.publish(cartJourney);
    for (let days = 30; days > 0; days -= 1) {
      shop.at(noon - days * day);
      await shop.receive({ ...others, occurredAt: noon - days * day });
    }
    shop.at(noon);

    const entered = await shop.receive({ ...cart, contact, occurredAt: noon });
    await shop.receive({ ...cart, contact, occurredAt: noon + 1 });

    expect(entered.enrollments).toMatchObject([{ effect: 'entered' }]);
    expect(found()).toBe(0);
  });

  it('are not read by the gate, which reads what it must', async () => {
    const { store, found } = counting(opened.store);
    const { shop, send, message } = await standOnSend(store);
    const [enrollment] = await shop.enrollments();
    const owner = { id: enrollment?.contact ?? '' };
    for (let days = 30; days > 0; days -= 1) {
      shop.at(noon - days * day);
      await shop.intake.accept(shop.workspace, {
        ...others,
        contact: owner,
        occurredAt: noon - days * day,
      });
    }
    shop.at(noon + 1);
    await shop.intake.accept(shop.workspace, { ...others, contact: owner, occurredAt: noon + 1 });
    await shop.intake.drain();
    const before = found();

    await send();

    expect(await message()).toMatchObject({ status: 'skipped' });
    expect(found() - before).toBeLessThanOrEqual(1);
  });
});

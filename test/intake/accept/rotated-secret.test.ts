import { tagOf } from '../../../src/intake/accept/event-identity';
import { createIntake } from '../../../src/intake/create-intake';
import type { IncomingEvent } from '../../../src/intake/intake';
import { cart, cartJourney, order } from '../../support/cart';
import { noon, testIntake } from '../../support/intake';
import { openTestStore, type TestStore } from '../../support/store';

const newerKey = Buffer.alloc(32, 9);
let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

/** A shop, and a process of it that has a newer secret. */
async function rotated() {
  const shop = testIntake(opened.store);
  await shop.publish(cartJourney);
  const newer = createIntake({ ...shop.dependencies, tagKey: newerKey });
  const receive = async (incoming: Omit<IncomingEvent, 'contact'>) => {
    await newer.accept(shop.workspace, { ...incoming, contact: { userId: 'ada' } });
    await newer.drain();
  };
  return { shop, receive };
}

describe('a newer secret', () => {
  it('opens no second enrollment of a key that is open', async () => {
    const { shop, receive } = await rotated();
    await shop.receive({ ...cart, id: 'first' });

    await receive({ ...cart, id: 'second' });

    expect(await shop.enrollments()).toHaveLength(1);
  });

  it('takes an event sent again for the same', async () => {
    const { shop, receive } = await rotated();
    await shop.receive({ ...cart, id: 'same' });

    await receive({ ...cart, id: 'same' });

    expect(shop.temporal.calls).toEqual(['start']);
  });

  it('ends what an older one has opened', async () => {
    const { shop, receive } = await rotated();
    await shop.receive({ ...cart, id: 'before' });

    shop.at(noon + 60_000);
    await receive({ ...order, id: 'bought' });

    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
  });

  it('tags what it opens itself', async () => {
    const { shop, receive } = await rotated();

    await receive({ ...cart, id: 'new' });

    const tag = tagOf(newerKey, shop.workspace.id, 'a');
    expect(await shop.enrollments()).toMatchObject([
      { id: expect.stringContaining(`.${tag}.`) as unknown },
    ]);
  });
});

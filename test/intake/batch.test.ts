import { cart, cartJourney, order } from '../support/cart';
import { noon, testIntake } from '../support/intake';
import { openTestStore, type TestStore } from '../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

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

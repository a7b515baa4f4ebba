import { cart, cartJourney, order } from '../../support/cart';
import { redriveOnce } from '../../../src/intake/settle/redrive';
import { fakeTemporal, noon, testIntake, type TestIntake } from '../../support/intake';
import { openTestStore, type TestStore } from '../../support/store';

const minute = 60_000;
let opened: TestStore;
let shop: TestIntake;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});
beforeEach(async () => {
  shop = testIntake(opened.store);
  await shop.publish(cartJourney);
});

describe('the re-drive', () => {
  const lost = new Error('Temporal is away');
  const afterLease = noon + 60 * minute;

  it('starts before it signals when Temporal was away for both', async () => {
    shop.temporal.fail(lost);
    await shop.receive(cart);
    await shop.receive({ ...order, occurredAt: noon + minute });
    shop.temporal.fail(undefined);
    shop.realAt(afterLease);

    await redriveOnce(shop.dependencies);

    expect(shop.temporal.calls).toEqual(['start', 'Order Completed']);
    expect(await redriveOnce(shop.dependencies)).toBe(0);
  });

  it('leaves alone what its own process may still be settling', async () => {
    shop.temporal.fail(lost);
    await shop.receive(cart);
    shop.temporal.fail(undefined);

    const found = await redriveOnce(shop.dependencies);

    expect(found).toBe(0);
  });

  it('tells an event again whose mark was lost, under the same id', async () => {
    await shop.receive(cart);
    shop.temporal.fail(lost);
    const { key } = await shop.receive({ ...order, occurredAt: noon + minute });
    shop.temporal.fail(undefined);
    shop.realAt(afterLease);

    await redriveOnce(shop.dependencies);

    expect(shop.temporal.told).toMatchObject([{ events: [{ id: key }] }]);
    expect(await opened.store.events.findByKey(shop.workspace.id, key)).toMatchObject({
      status: 'delivered',
    });
  });

  it('takes over from a process that died after the insert', async () => {
    const { workspace } = shop;
    const hanging = { ...fakeTemporal(), start: () => new Promise<never>(() => undefined) };
    const dying = testIntake(opened.store, { workspace, temporal: hanging });
    await dying.intake.accept(workspace, { ...cart, contact: { userId: 'ada' } });
    shop.realAt(afterLease);

    await redriveOnce(shop.dependencies);

    expect(shop.temporal.calls).toEqual(['start']);
    expect(await shop.enrollments()).toMatchObject([{ started: true }]);
  });

  it('sets a poisonous event aside without holding back the others', async () => {
    await shop.receive(cart);
    shop.temporal.refuse('poison');
    const poison = await shop.receive({
      ...order,
      properties: { cart_id: 'poison' },
      id: 'poison',
    });
    const sound = await shop.receive({ ...order, properties: { cart_id: 'y' }, id: 'sound' });
    shop.realAt(afterLease);

    await redriveOnce(shop.dependencies);

    const { events } = opened.store;
    expect(await events.findByKey(shop.workspace.id, poison.key)).toMatchObject({ status: 'dead' });
    expect(await events.findByKey(shop.workspace.id, sound.key)).toMatchObject({
      status: 'delivered',
    });
  });
});

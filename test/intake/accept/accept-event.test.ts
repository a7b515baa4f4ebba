import { cart, cartJourney, order } from '../../support/cart';
import { noon, testIntake, type TestIntake } from '../../support/intake';
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

describe('an entry event', () => {
  it('opens an enrollment and starts its workflow with nothing but what conditions read', async () => {
    const receipt = await shop.receive(cart);

    expect(receipt.enrollments).toMatchObject([{ effect: 'entered' }]);
    expect(await shop.enrollments()).toMatchObject([
      { started: true, key: 'a', n: 1, step: 'pause' },
    ]);
    expect(shop.temporal.started).toMatchObject([
      { opening: { entry: { properties: { cart_id: 'a' } } } },
    ]);
    expect(JSON.stringify(shop.temporal.started)).not.toContain('shop.test');
  });

  it('answers the same when it comes again, and applies nothing', async () => {
    const first = await shop.receive({ ...cart, id: 'm1' });

    const second = await shop.receive({ ...cart, id: 'm1' });

    expect(second).toEqual({ ...first, kind: 'duplicate' });
    expect(await shop.enrollments()).toHaveLength(1);
    expect(shop.temporal.calls).toEqual(['start']);
  });

  it('is a conflict when its id comes with another message', async () => {
    await shop.receive({ ...cart, id: 'm1' });

    const answer = await shop.intake.accept(shop.workspace, {
      ...order,
      id: 'm1',
      contact: { userId: 'ada' },
    });

    expect(answer).toEqual({ kind: 'conflict', id: 'm1' });
    expect(shop.temporal.calls).toEqual(['start']);
  });

  it('is refused over the limit of starts, and says so for ever', async () => {
    await shop.receive({ ...cart, properties: { cart_id: 'a' } });
    await shop.receive({ ...cart, properties: { cart_id: 'b' } });

    const { refusals } = await shop.receive({ ...cart, properties: { cart_id: 'c' } });
    const decisions = await opened.store.decisions.refusals(shop.workspace.id, { limit: 10 });

    expect(refusals).toEqual([{ journey: 'cart-recovery', reason: 'limit' }]);
    expect(decisions.data).toMatchObject([{ kind: 'refused', because: 'limit' }]);
  });

  it('opens one enrollment when it comes at once in several processes', async () => {
    const twins = [shop, shop.twin(), shop.twin(), shop.twin()];

    await Promise.all(
      twins.map((twin, n) => twin.receive({ ...cart, id: `m${n}`, occurredAt: noon + n })),
    );

    expect(await shop.enrollments()).toHaveLength(1);
    expect(shop.temporal.started).toHaveLength(1);
  });
});

describe('a further entry event', () => {
  it('replaces the snapshot and refreshes the workflow when it is newer', async () => {
    await shop.receive({ ...cart, occurredAt: noon });

    const { enrollments } = await shop.receive({ ...cart, occurredAt: noon + 1 });

    expect(enrollments).toMatchObject([{ effect: 'refreshed' }]);
    expect(await shop.enrollments()).toMatchObject([
      { firstEntryAt: noon, snapshot: { occurredAt: noon + 1 } },
    ]);
    expect(shop.temporal.told).toMatchObject([{ events: [{ effect: { kind: 'refreshed' } }] }]);
  });

  it('fault 18: replaces the snapshot where both happened at once and it arrived later', async () => {
    const updates = [1, 2, 3].map((total) => ({
      ...cart,
      id: `update-${total}`,
      contact: { userId: 'ada' },
      occurredAt: noon,
      properties: { cart_id: 'a', total },
    }));

    await shop.intake.batch(async (receive) => {
      for (const update of updates) await receive(shop.workspace, update);
      for (const update of updates) await receive(shop.workspace, update);
    });
    await shop.intake.drain();

    expect(await shop.enrollments()).toMatchObject([{ snapshot: { properties: { total: 3 } } }]);
    expect(shop.temporal.told.flatMap(({ events }) => events)).toMatchObject([
      { effect: { kind: 'refreshed' } },
      { effect: { kind: 'refreshed' } },
    ]);
  });

  it('changes nothing when it is older', async () => {
    await shop.receive({ ...cart, occurredAt: noon });

    await shop.receive({ ...cart, occurredAt: noon - 1, properties: { cart_id: 'a', total: 1 } });

    expect(await shop.enrollments()).toMatchObject([{ snapshot: { occurredAt: noon } }]);
  });

  it('ends the enrollment when the order of its cart came before it', async () => {
    await shop.receive({ ...cart, properties: { cart_id: 'a', variant: 'red' }, occurredAt: noon });
    await shop.receive({ ...order, occurredAt: noon - 5 * minute });

    expect(await shop.enrollments()).toMatchObject([
      { ended: { as: 'converted', because: 'exit-event' } },
    ]);
  });
});

describe('an exit event', () => {
  it('closes the enrollment and tells the workflow', async () => {
    await shop.receive(cart);

    const { key } = await shop.receive({ ...order, occurredAt: noon + minute });

    expect(await shop.enrollments()).toMatchObject([
      {
        ended: {
          as: 'converted',
          because: 'exit-event',
          by: { event: key, occurredAt: noon + minute },
        },
      },
    ]);
    expect(shop.temporal.told).toMatchObject([
      { events: [{ effect: { kind: 'exited', as: 'converted' } }] },
    ]);
  });

  it('wins when it arrives before its own cart', async () => {
    await shop.receive({ ...order, occurredAt: noon });

    const { refusals } = await shop.receive({ ...cart, occurredAt: noon - minute });

    expect(refusals).toEqual([{ journey: 'cart-recovery', reason: 'already-converted' }]);
    expect(await shop.enrollments()).toEqual([]);
  });

  it('keeps the shop’s last cart update from starting anew', async () => {
    await shop.receive({ ...cart, occurredAt: noon });
    await shop.receive({ ...order, occurredAt: noon + minute });

    const { refusals } = await shop.receive({ ...cart, occurredAt: noon + minute });

    expect(refusals).toEqual([{ journey: 'cart-recovery', reason: 'not-newer-than-end' }]);
  });

  it('ends its cart whichever of the two is written first', async () => {
    const carts = Array.from({ length: 12 }, (_, n) => `cart-${n}`);
    const twin = shop.twin();
    await shop.publish({
      ...cartJourney,
      entry: { ...cartJourney.entry, limit: { starts: 100, within: 'PT1H' } },
    });
    await twin.publish({
      ...cartJourney,
      entry: { ...cartJourney.entry, limit: { starts: 100, within: 'PT1H' } },
    });

    await Promise.all(
      carts.flatMap((cartId) => [
        shop.receive({ ...cart, properties: { cart_id: cartId }, occurredAt: noon }),
        twin.receive({ ...order, properties: { cart_id: cartId }, occurredAt: noon + 1 }),
      ]),
    );
    const open = (await shop.enrollments()).filter(({ ended }) => ended === undefined);

    expect(open).toEqual([]);
  });
});

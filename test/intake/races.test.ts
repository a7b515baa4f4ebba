import { aJourney } from '../support/core/builders';
import { noon, testIntake } from '../support/intake';
import { openTestStore, type TestStore } from '../support/store';
import type { Store } from '../../src/store/store';

const exits = [{ events: ['Order Completed'], as: 'converted' }];
const pause = { id: 'pause', kind: 'wait', for: 'PT1H' } as const;
const remind = { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' } as const;

/** The gate of a send would hide a fault of routing from whoever only looks at messages. */
const journeys = [
  ['without a send', aJourney({ exits, steps: [pause] })],
  ['with a send', aJourney({ exits, steps: [pause, remind] })],
] as const;
const cart = { name: 'Cart Updated', properties: { cart_id: 'a' }, occurredAt: noon };
const order = { name: 'Order Completed', occurredAt: noon + 1 };

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

/**
 * A process that is held up right before it writes. The other process does everything meanwhile.
 */
function heldUp(
  before: Readonly<{ open?: () => Promise<void>; insert?: () => Promise<void> }>,
): Store {
  const { enrollments, events } = opened.store;
  return {
    ...opened.store,
    enrollments: {
      ...enrollments,
      open: async (enrollment, due) => {
        await before.open?.();
        return enrollments.open(enrollment, due);
      },
    },
    events: {
      ...events,
      insert: async (event, due) => {
        await before.insert?.();
        return events.insert(event, due);
      },
    },
  };
}

describe.each(journeys)('an order and its cart in two processes, %s', (_title, journey) => {
  const converted = [{ ended: { as: 'converted', because: 'exit-event' } }];
  const told = [{ events: [{ name: 'Order Completed', effect: { kind: 'exited' } }] }];

  it('meet when the cart is taken in whole while the order is being stored', async () => {
    const shop = testIntake(opened.store);
    const { workspace, temporal } = shop;
    const insert = async () => {
      await shop.receive(cart);
    };
    const other = testIntake(heldUp({ insert }), { workspace, temporal });
    await shop.publish(journey);

    await other.receive(order);

    expect(await shop.enrollments()).toMatchObject(converted);
    expect(temporal.told).toMatchObject(told);
  });

  it('meet when the order is taken in whole while the enrollment of the cart is being opened', async () => {
    const shop = testIntake(opened.store);
    const { workspace, temporal } = shop;
    const open = async () => {
      await shop.receive(order);
    };
    const other = testIntake(heldUp({ open }), { workspace, temporal });
    await shop.publish(journey);

    await other.receive(cart);

    expect(await shop.enrollments()).toMatchObject(converted);
    expect(temporal.told).toMatchObject(told);
  });
});

describe.each(journeys)('an order that cannot be stored, %s', (_title, journey) => {
  it('leaves its enrollment open', async () => {
    const shop = testIntake(opened.store);
    const { workspace, temporal } = shop;
    const insert = () => Promise.reject(new Error('The store is away'));
    const other = testIntake(heldUp({ insert }), { workspace, temporal });
    await shop.publish(journey);
    const { contact } = await shop.receive(cart);

    await expect(other.receive(order)).rejects.toThrow('The store is away');

    expect(await opened.store.enrollments.openOf(workspace.id, contact)).toHaveLength(1);
  });
});

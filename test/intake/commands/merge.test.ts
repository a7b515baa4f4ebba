import { redriveOnce } from '../../../src/intake/settle/redrive';
import type { IncomingEvent } from '../../../src/intake/intake';
import type { ContactRef } from '../../../src/core/contacts/contact';
import type { ContactId } from '../../../src/core/ids';
import { cart, cartJourney, order } from '../../support/cart';
import { fakeTemporal, noon, testIntake, type TestIntake } from '../../support/intake';
import { openTestStore, type TestStore } from '../../support/store';

const minute = 60_000;
const visitor: ContactRef = { anonymousId: 'a1' };
const user: ContactRef = { userId: 'ada' };
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

const did = (contact: ContactRef, event: Partial<IncomingEvent>, minutes = 0) =>
  shop.receive({ ...event, contact, occurredAt: noon + minutes * minute });

async function idOf(ref: ContactRef): Promise<ContactId> {
  const { newContactId } = shop.dependencies;
  const birth = { newId: newContactId, now: noon };
  return (await opened.store.contacts.resolve(shop.workspace.id, ref, birth)).id;
}

async function merge(): Promise<void> {
  await shop.intake.ask(shop.workspace.id, 'merge', {
    pair: [await idOf(user), await idOf(visitor)],
  });
  await shop.intake.drain();
}

describe('after a merge', () => {
  it('an enrollment of the alias keeps its id and hears what the survivor does', async () => {
    const { enrollments } = await did(visitor, cart);
    await merge();

    const receipt = await did(user, order, 1);

    expect(receipt.enrollments).toEqual([{ id: enrollments[0]?.id, effect: 'told' }]);
    expect(await shop.enrollments()).toMatchObject([
      { id: enrollments[0]?.id, ended: { as: 'converted', because: 'exit-event' } },
    ]);
    expect(shop.temporal.told).toMatchObject([
      { enrollment: enrollments[0]?.id, events: [{ effect: { kind: 'exited' } }] },
    ]);
  });

  it('an enrollment of the survivor hears what was told under the alias', async () => {
    await did(user, cart);
    await merge();

    const receipt = await did(visitor, order, 1);

    expect(receipt.contact).toBe(await idOf(user));
    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
  });

  it.each([
    ['the alias', visitor, user],
    ['the survivor', user, visitor],
  ])('what %s has bought before ends the enrollment of the other', async (_, buyer, browser) => {
    await did(browser, cart);
    await did(buyer, order, 1);
    const before = await shop.enrollments();

    await merge();

    expect(before).not.toMatchObject([{ ended: {} }]);
    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
    expect(shop.temporal.told).toMatchObject([{ events: [{ effect: { kind: 'exited' } }] }]);
  });

  it('an order of the alias refuses the late cart of the survivor', async () => {
    await did(visitor, order, 1);
    await merge();

    const receipt = await did(user, cart);

    expect(receipt.refusals).toEqual([{ journey: 'cart-recovery', reason: 'already-converted' }]);
  });

  it('a cart that is open under the alias is refreshed, not opened twice', async () => {
    const { enrollments } = await did(visitor, cart);
    await merge();

    const receipt = await did(user, cart, 1);

    expect(receipt.enrollments).toEqual([{ id: enrollments[0]?.id, effect: 'refreshed' }]);
    expect(await shop.enrollments()).toHaveLength(1);
  });

  it('counts on from the highest number, and from the last end', async () => {
    await did(visitor, cart);
    await did(visitor, order, 1);
    await merge();

    const late = await did(user, cart, 1);
    shop.at(noon + 120 * minute);
    const next = await did(user, cart, 120);

    expect(late.refusals).toMatchObject([{ reason: 'not-newer-than-end' }]);
    expect(next.enrollments).toMatchObject([{ effect: 'entered' }]);
    expect(await shop.enrollments()).toMatchObject([{ n: 2 }, { n: 1 }]);
  });
});

describe('the same cart open on both', () => {
  async function openOnBoth() {
    const older = await did(visitor, cart);
    shop.at(noon + minute);
    const younger = await did(user, cart, 1);
    return [older, younger].map(({ enrollments }) => enrollments[0]?.id);
  }

  it('continues in the older enrollment; the other exits as merged and its workflow is told', async () => {
    const [older, younger] = await openOnBoth();

    await merge();

    const { enrollments } = opened.store;
    const all = await shop.enrollments();
    expect(all.find(({ id }) => id === older)).not.toHaveProperty('ended');
    expect(all.find(({ id }) => id === younger)).toMatchObject({
      ended: { as: 'merged', because: 'merged' },
    });
    expect(shop.temporal.told).toMatchObject([
      { enrollment: younger, events: [{ effect: { kind: 'exited', as: 'merged' } }] },
    ]);
    expect(await enrollments.openOf(shop.workspace.id, await idOf(user))).toEqual([]);
  });

  it('is recorded: the merge on the timeline of the survivor, the end in that of the enrollment', async () => {
    const [, younger] = await openOnBoth();
    const pair = { survivor: await idOf(user), merged: await idOf(visitor) };

    await merge();

    const { decisions } = opened.store;
    const { data } = await decisions.ofContact(shop.workspace.id, pair.survivor, { limit: 10 });
    expect(data.filter(({ kind }) => kind === 'merged')).toMatchObject([{ facts: pair }]);
    expect(data.filter(({ kind }) => kind === 'ended')).toMatchObject([
      { enrollment: younger, because: 'merged', facts: { as: 'merged' } },
    ]);
  });

  it('is told to the workflow once Temporal is back', async () => {
    await openOnBoth();
    shop.temporal.fail(new Error('Temporal is away'));
    await merge();
    shop.temporal.fail(undefined);
    shop.realAt(noon + minute);

    await redriveOnce(shop.dependencies);

    expect(shop.temporal.told).toMatchObject([{ events: [{ effect: { as: 'merged' } }] }]);
  });

  it('stays with what it ended as where the younger one has ended before it is told', async () => {
    await openOnBoth();
    await did(user, order, 2);

    await merge();

    const enrollments = await shop.enrollments();
    expect(enrollments.map(({ ended }) => ended?.as)).toEqual(['converted', 'converted']);
  });
});

it('a Temporal that knows nothing of an enrollment does not hold a merge up', async () => {
  const { workspace } = shop;
  await did(visitor, cart);
  shop.at(noon + minute);
  await did(user, cart, 1);
  shop = testIntake(opened.store, { workspace, temporal: fakeTemporal() });

  await merge();

  expect(shop.troubles).toEqual([]);
});

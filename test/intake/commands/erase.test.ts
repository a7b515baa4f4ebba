import type { Intake, IncomingEvent } from '../../../src/intake/intake';
import { redriveOnce } from '../../../src/intake/settle/redrive';
import type { ContactRef } from '../../../src/core/contacts/contact';
import type { ContactId } from '../../../src/core/ids';
import type { Store } from '../../../src/store/store';
import { cart, cartJourney, order } from '../../support/cart';
import { aDecision } from '../../store/builders';
import { noon, testIntake, type TestIntake } from '../../support/intake';
import { Crash, fuse, interrupted } from '../../support/interrupted';
import { everythingIn } from '../../support/everything';
import { openTestStore, type TestStore } from '../../support/store';

const minute = 60_000;
const ada: ContactRef = { userId: 'ada-lovelace', email: 'ada@shop.test' };
const personal = /lovelace|ada@shop|ada-order|cart-of-ada|visitor-of-ada/;
const adasCart = { ...cart, properties: { cart_id: 'cart-of-ada', email: 'ada@shop.test' } };
const adasOrder = { ...order, id: 'ada-order', properties: { cart_id: 'other-cart-of-ada' } };
let opened: TestStore;
let shop: TestIntake;

beforeAll(async () => {
  opened = await openTestStore({});
});
afterAll(async () => {
  await opened.close();
});
beforeEach(async () => {
  shop = testIntake(opened.store);
  await shop.publish(cartJourney);
});

const did = (event: Partial<IncomingEvent>, contact = ada) => shop.receive({ ...event, contact });

async function erase(id: ContactId, intake: Intake = shop.intake): Promise<void> {
  await intake.ask(shop.workspace.id, 'erase', { contact: id });
  await intake.drain();
}

async function redriveUntilDone(): Promise<void> {
  for (let round = 1; round < 4; round += 1) {
    shop.realAt(noon + round * minute);
    await redriveOnce(shop.dependencies);
  }
}

describe('an erased contact', () => {
  it('leaves nothing personal in any collection', async () => {
    const { contact } = await did(adasCart);
    await did(adasOrder);
    const facts = { 'contact.email': 'ada@shop.test' };
    const { id: workspace } = shop.workspace;
    await opened.store.decisions.record([aDecision('branch', { workspace, contact, facts })]);
    const before = await everythingIn(opened.uri, workspace);

    await erase(contact);

    expect(before).toMatch(personal);
    expect(await everythingIn(opened.uri, workspace)).not.toMatch(personal);
  });

  it('exits its enrollments as erased, and their workflows are told and deleted', async () => {
    const { contact, enrollments } = await did(adasCart);

    await erase(contact);

    expect(await shop.enrollments()).toMatchObject([
      { ended: { as: 'erased', because: 'erased' } },
    ]);
    expect(shop.temporal.told).toMatchObject([
      { enrollment: enrollments[0]?.id, events: [{ effect: { kind: 'exited', as: 'erased' } }] },
    ]);
    expect(shop.temporal.removed).toEqual([enrollments[0]?.id]);
  });

  it('is recorded as erased under its id', async () => {
    const { contact } = await did(adasCart);

    await erase(contact);

    const { decisions } = opened.store;
    const { data } = await decisions.ofContact(shop.workspace.id, contact, { limit: 10 });
    expect(data.map(({ kind }) => kind).toSorted()).toEqual(['ended', 'entered', 'erased']);
  });

  it('is a new contact by the next event, and nobody by its old id', async () => {
    const { contact } = await did(adasCart);
    await erase(contact);

    const next = await did(adasCart);
    const byId = did(adasCart, { id: contact });

    expect(next.contact).not.toBe(contact);
    await expect(byId).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes those that were merged into it along', async () => {
    const { contact } = await did(adasCart);
    const visitor = await did(adasOrder, { anonymousId: 'visitor-of-ada' });
    await shop.intake.ask(shop.workspace.id, 'merge', { pair: [contact, visitor.contact] });
    await shop.intake.drain();

    await erase(visitor.contact);

    expect(await everythingIn(opened.uri, shop.workspace.id)).not.toMatch(personal);
    expect(await opened.store.contacts.findById(shop.workspace.id, contact)).toBeUndefined();
  });

  it('keeps its address suppressed', async () => {
    const { contact } = await did(adasCart);
    const { suppressions } = opened.store;
    const bounced = { channel: 'email', because: 'bounced', at: noon } as const;
    await suppressions.suppress(shop.workspace.id, { ...bounced, address: 'ada@shop.test' });

    await erase(contact);

    const found = await suppressions.ofAddress(shop.workspace.id, 'email', 'ada@shop.test');
    expect(found).toEqual([bounced]);
  });

  it('answers a repeat of one of its events as the event it was', async () => {
    const { contact } = await did(adasOrder);
    await erase(contact);

    const repeat = await shop.receive({ ...adasOrder, contact: ada });

    expect(repeat.kind).toBe('duplicate');
  });
});

describe('erasing', () => {
  it('waits for a running workflow before its history is deleted', async () => {
    const { contact, enrollments } = await did(adasCart);
    shop.temporal.keepRunning(true);
    await erase(contact);
    const early = [...shop.temporal.removed];
    shop.temporal.keepRunning(false);

    await redriveUntilDone();

    expect(early).toEqual([]);
    expect(shop.temporal.removed).toContain(enrollments[0]?.id);
    expect(await redriveOnce(shop.dependencies)).toBe(0);
  });

  it('removes the keys of a person, but not while a workflow needs one', async () => {
    const { dataKeys } = opened.store;
    const { contact } = await did(adasCart);
    const visitor = await did(adasOrder, { anonymousId: 'visitor-of-ada' });
    await shop.intake.ask(shop.workspace.id, 'merge', { pair: [contact, visitor.contact] });
    await shop.intake.drain();
    const keys = () => Promise.all([contact, visitor.contact].map((id) => dataKeys.find(id)));
    for (const id of [contact, visitor.contact]) await dataKeys.ensure(id);
    shop.temporal.keepRunning(true);
    await erase(contact);
    await redriveUntilDone();
    const early = await keys();
    shop.temporal.keepRunning(false);

    shop.realAt(noon + 10 * minute);
    await redriveOnce(shop.dependencies);

    expect(early).not.toContain(undefined);
    expect(await keys()).toEqual([undefined, undefined]);
  });

  it('reaches an event that was being stored meanwhile, whoever hears it', async () => {
    const { contact } = await did(adasCart);
    const late = heldUp(() => erase(contact));
    await late.receive({ ...adasOrder, name: 'Nobody Hears This', contact: ada });
    const before = await everythingIn(opened.uri, shop.workspace.id);

    await redriveUntilDone();

    expect(before).toMatch('ada-order');
    expect(await everythingIn(opened.uri, shop.workspace.id)).not.toMatch('ada-order');
  });

  it('reaches an enrollment that was being opened meanwhile', async () => {
    const first = await did({ name: 'Seen' });
    const late = heldUp(() => erase(first.contact));

    await late.receive({ ...adasCart, contact: ada });

    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'erased' } }]);
    expect(await everythingIn(opened.uri, shop.workspace.id)).not.toMatch(personal);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'comes to the same end when it is interrupted after write %i',
    async (last) => {
      const { contact, enrollments } = await did(adasCart);
      const { workspace, temporal } = shop;
      const dying = testIntake(dyingStore(last), { workspace, temporal });

      await erase(contact, dying.intake).catch(ignoreCrash);
      await redriveUntilDone();

      expect(await everythingIn(opened.uri, workspace.id)).not.toMatch(personal);
      expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'erased' } }]);
      expect(temporal.told.map(({ enrollment }) => enrollment)).toContain(enrollments[0]?.id);
      expect(temporal.removed).toContain(enrollments[0]?.id);
      expect(await redriveOnce(shop.dependencies)).toBe(0);
    },
  );

  function dyingStore(last: number): Store {
    const { contacts, decisions, enrollments, events } = opened.store;
    const burning = fuse(last);
    return {
      ...opened.store,
      contacts: interrupted(contacts, ['erase'], burning),
      decisions: interrupted(decisions, ['record', 'erase'], burning),
      enrollments: interrupted(enrollments, ['close', 'erase'], burning),
      events: interrupted(
        events,
        ['insert', 'setEffect', 'markDelivered', 'postpone', 'erase'],
        burning,
      ),
    };
  }

  /** Another process, which is held up right before it stores an event. */
  function heldUp(first: () => Promise<void>): TestIntake {
    const { workspace, temporal } = shop;
    const { contacts } = opened.store;
    const store: Store = {
      ...opened.store,
      contacts: {
        ...contacts,
        resolve: async (...args) => {
          const found = await contacts.resolve(...args);
          await first();
          return found;
        },
      },
    };
    return testIntake(store, { workspace, temporal });
  }
});

function ignoreCrash(error: unknown): void {
  if (!(error instanceof Crash)) throw error;
}

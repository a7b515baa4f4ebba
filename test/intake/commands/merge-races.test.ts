import { redriveOnce } from '../../../src/intake/settle/redrive';
import type { IncomingEvent } from '../../../src/intake/intake';
import type { ContactRef } from '../../../src/core/contacts/contact';
import type { ContactId } from '../../../src/core/ids';
import type { Store } from '../../../src/store/store';
import { cart, cartJourney, order } from '../../support/cart';
import { noon, testIntake, type TestIntake } from '../../support/intake';
import { Crash, fuse, interrupted, type Fuse } from '../../support/interrupted';
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

describe('a merge and an event in flight', () => {
  it('an event that was routed to the alias before the merge is heard by the survivor', async () => {
    await did(user, cart);
    await idOf(visitor);
    const late = heldUp('insert', merge);

    await late.receive({ ...order, contact: visitor, occurredAt: noon + minute });

    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
  });

  it('a cart that was opened for the alias during the merge exits as merged', async () => {
    await did(user, cart);
    await idOf(visitor);
    const late = heldUp('open', merge);
    late.at(noon + minute);

    await late.receive({ ...cart, contact: visitor });

    const enrollments = await shop.enrollments();
    expect(enrollments.map(({ ended }) => ended?.as)).toEqual(['merged', undefined]);
  });

  it('is looked over once more, for an event that nobody seemed to hear', async () => {
    await did(user, cart);
    await idOf(visitor);
    const unheard = { ...cartJourney, exits: [], entry: { events: ['Nothing'] } };
    const late = heldUp('insert', merge);
    await shop.publish(unheard);
    late.intake.journeysChanged(shop.workspace.id);
    await late.receive({ ...order, contact: visitor, occurredAt: noon + minute });
    const before = await shop.enrollments();
    shop.realAt(noon + 60 * minute);

    await redriveOnce(shop.dependencies);

    expect(before).not.toMatchObject([{ ended: {} }]);
    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
    expect(await redriveOnce(shop.dependencies)).toBe(0);
  });

  /** Another process, which is held up right before it writes until the merge is through. */
  function heldUp(verb: 'insert' | 'open', first: () => Promise<void>): TestIntake {
    const { enrollments, events } = opened.store;
    const once = onceOnly(first);
    const store: Store = {
      ...opened.store,
      enrollments: {
        ...enrollments,
        open: async (enrollment, due) => {
          if (verb === 'open') await once();
          return enrollments.open(enrollment, due);
        },
      },
      events: {
        ...events,
        insert: async (event, due) => {
          if (verb === 'insert') await once();
          return events.insert(event, due);
        },
      },
    };
    const { workspace, temporal } = shop;
    return testIntake(store, { workspace, temporal });
  }
});

function onceOnly(work: () => Promise<void>): () => Promise<void> {
  let isDone = false;
  return async () => {
    if (isDone) return;
    isDone = true;
    await work();
  };
}

describe('a merge that is interrupted after any write', () => {
  const plenty = 100;

  it('comes to the same end by the re-drive', async () => {
    const whole = await mergedBy(fuse(plenty));
    const ends = [];

    for (let last = 1; last < whole.writes; last += 1) ends.push(await mergedBy(fuse(last)));

    expect(whole.writes).toBeGreaterThan(6);
    expect(whole.end).toEqual({
      enrollments: ['merged/merged', undefined],
      told: ['merged'],
      survivor: true,
      decisions: ['ended', 'entered', 'entered', 'merged'],
      pending: 0,
    });
    expect(ends.map(({ end }) => end)).toEqual(ends.map(() => whole.end));
  });

  async function mergedBy(burning: Fuse) {
    shop = testIntake(opened.store);
    await shop.publish(cartJourney);
    await did(visitor, cart);
    shop.at(noon + minute);
    await did(user, cart, 1);
    const pair = [await idOf(user), await idOf(visitor)] as const;
    const dying = testIntake(dyingStore(burning), {
      workspace: shop.workspace,
      temporal: shop.temporal,
    });
    dying.at(noon + minute);

    await dying.intake.ask(shop.workspace.id, 'merge', { pair }).catch(ignoreCrash);
    await dying.intake.drain();
    for (let round = 1; round < 4; round += 1) {
      shop.realAt(noon + round * minute);
      await redriveOnce(shop.dependencies);
    }
    return { writes: burning.written(), end: await endOf(pair) };
  }

  async function endOf([survivor, merged]: readonly [ContactId, ContactId]) {
    const { contacts, decisions, events } = opened.store;
    const { id } = shop.workspace;
    const { data } = await decisions.ofContact(id, [survivor, merged], { limit: 50 });
    const enrollments = await shop.enrollments();
    return {
      enrollments: enrollments.map(({ ended }) => ended && `${ended.as}/${ended.because}`),
      told: [
        ...new Set(
          shop.temporal.told.flatMap(({ events: told }) =>
            told.map(({ effect }) => (effect.kind === 'exited' ? effect.as : effect.kind)),
          ),
        ),
      ],
      survivor: (await contacts.findById(id, merged))?.id === survivor,
      decisions: data.map(({ kind }) => kind).toSorted(),
      pending: (await events.list(id, { status: 'pending' }, { limit: 50 })).data.length,
    };
  }

  function dyingStore(burning: Fuse): Store {
    const { contacts, decisions, enrollments, events } = opened.store;
    return {
      ...opened.store,
      contacts: interrupted(contacts, ['merge'], burning),
      decisions: interrupted(decisions, ['record'], burning),
      enrollments: interrupted(enrollments, ['close'], burning),
      events: interrupted(
        events,
        ['insert', 'addTargets', 'setEffect', 'markDelivered', 'postpone'],
        burning,
      ),
    };
  }
});

function ignoreCrash(error: unknown): void {
  if (!(error instanceof Crash)) throw error;
}

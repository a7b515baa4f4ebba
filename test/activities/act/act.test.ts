import { createActActivities } from '../../../src/activities/create-activities';
import type { ContactChange } from '../../../src/core/contacts/contact';
import { mostTraitCharacters } from '../../../src/core/contacts/room-for-values';
import { DomainError } from '../../../src/core/domain-error';
import { acted } from '../../../src/core/decisions/decisions';
import { contactId, stepId } from '../../../src/core/ids';
import type { JsonObject } from '../../../src/core/json/json';
import { realTime } from '../../../src/core/time/clock';
import { createClock } from '../../../src/process/clock';
import type { Store } from '../../../src/store/store';
import { aJourney } from '../../support/core/builders';
import { fakeTemporal, noon, testIntake } from '../../support/intake';
import { openTestStore, type TestStore } from '../../support/store';
import { testContext } from '../../support/context';

describe('an action of a journey', () => {
  let opened: TestStore;
  let store: Store;

  beforeAll(async () => {
    opened = await openTestStore();
    ({ store } = opened);
  });
  afterAll(() => opened.close());

  async function standOnAct(input: JsonObject, change?: Store['contacts']['change']) {
    const shop = testIntake(store, {});
    const workspace = shop.workspace.id;
    await store.workspaces.put(shop.workspace);
    const step = { id: 'tag', kind: 'act', action: 'change-contact', input } as const;
    const exits = [{ events: ['Order Completed'], as: 'converted' }];
    await shop.publish(aJourney({ exits, steps: [step] }));
    const receipt = await shop.receive({
      contact: { userId: `ada-${shop.workspace.id}` },
      properties: { cart_id: 'a' },
    });
    const enrollment = receipt.enrollments[0]?.id;
    if (!enrollment) throw new Error('nobody entered');
    const contact = contactId(receipt.contact);
    let number = 1;
    const { act } = createActActivities({
      ...testContext({
        store: { ...store, contacts: { ...store.contacts, ...(change && { change }) } },
        workflows: fakeTemporal(),
        clock: createClock(realTime, () => noon + 60_000),
      }),
      attempt: () => ({ number, scheduledAt: noon }),
    });
    const instruction = {
      kind: 'act',
      step: stepId('tag'),
      visit: 1,
      following: { kind: 'end', as: 'completed', because: 'completed' },
      notes: [],
    } as const;
    return {
      shop,
      act: (attempt = 1) => {
        number = attempt;
        return act({ workspace, enrollment, instruction });
      },
      contact: () => store.contacts.findById(workspace, contact),
      change: (wanted: ContactChange) => store.contacts.change(workspace, contact, wanted, noon),
      erase: () => store.contacts.erase(workspace, contact, noon),
      decisions: async () =>
        (await store.decisions.ofEnrollment(workspace, enrollment))
          .filter(({ kind }) => kind === 'acted' || kind === 'not-acted')
          .map(({ kind, ...rest }) => ({
            kind,
            ...('because' in rest && { because: rest.because }),
          })),
    };
  }

  it('attack 9: leaves out what the contact has no room for, and the refusals say so', async () => {
    const stored = { one: 'x'.repeat(mostTraitCharacters - 100) };
    const { shop, act, contact, change } = await standOnAct({
      traits: { two: 'y'.repeat(200), plan: 'pro' },
    });
    await change({ traits: stored });

    await act();
    await act(2);

    expect((await contact())?.traits).toEqual({ ...stored, plan: 'pro' });
    expect((await store.decisions.refusals(shop.workspace.id, { limit: 10 })).data).toMatchObject([
      { because: 'contact-full' },
    ]);
  });

  it('changes the contact, says so, and closes the enrollment where it is the last', async () => {
    const standing = await standOnAct({ traits: { tier: 'gold' }, addTags: ['vip'] });
    await standing.change({ traits: { city: 'Rome' }, tags: ['new'] });

    const outcome = await standing.act();

    expect(outcome).toMatchObject({ kind: 'handled', ended: { as: 'completed' } });
    expect(await standing.contact()).toMatchObject({
      traits: { city: 'Rome', tier: 'gold' },
      tags: ['new', 'vip'],
    });
    expect(await standing.decisions()).toEqual([{ kind: 'acted' }]);
  });

  it('changes nothing more when it is repeated', async () => {
    const standing = await standOnAct({ addTags: ['vip'], removeTags: ['new'] });
    await standing.change({ tags: ['new', 'old'] });
    await standing.act();

    await standing.act(2);

    expect((await standing.contact())?.tags).toEqual(['old', 'vip']);
    expect(await standing.decisions()).toHaveLength(1);
  });

  it('fault 10: is not carried out again where it is on record', async () => {
    const standing = await standOnAct({ addTags: ['vip'] });
    const [enrollment] = await standing.shop.enrollments();
    if (!enrollment) throw new Error('nobody entered');
    const taken = { step: stepId('tag'), visit: 1, at: noon, action: 'change-contact' };
    await store.decisions.record([acted(enrollment, { ...taken, because: undefined })]);

    const outcome = await standing.act(2);

    expect(outcome).toMatchObject({ at: noon, ended: { as: 'completed' } });
    expect((await standing.contact())?.tags).toEqual([]);
  });

  it('is left undone where the contact has bought meanwhile', async () => {
    const standing = await standOnAct({ addTags: ['vip'] });
    const userId = (await standing.contact())?.userId ?? '';
    await standing.shop.receive({ name: 'Order Completed', contact: { userId }, properties: {} });

    const outcome = await standing.act();

    expect(outcome.ended?.as).toBe('converted');
    expect((await standing.contact())?.tags).toEqual([]);
    expect(await standing.decisions()).toEqual([
      { kind: 'not-acted', because: 'enrollment-ended' },
    ]);
  });

  it('leaves an erased contact erased', async () => {
    const standing = await standOnAct({ addTags: ['vip'] });
    await standing.erase();

    await standing.act();

    expect(await standing.contact()).toBeUndefined();
  });

  it('fault 5: is tried again for as long as the store is away', async () => {
    const away = () => Promise.reject(new DomainError('unavailable', 'The store is away.'));
    const standing = await standOnAct({ addTags: ['vip'] }, away);

    await expect(standing.act(80)).rejects.toThrow('The store is away.');

    expect(await standing.decisions()).toEqual([]);
  });

  it('is tried again where it fails unforeseen, and given up after eight attempts', async () => {
    const broken = () => Promise.reject(new TypeError('not a function'));
    const standing = await standOnAct({ addTags: ['vip'] }, broken);

    await expect(standing.act(7)).rejects.toThrow('not a function');
    await standing.act(8);

    expect(await standing.decisions()).toEqual([{ kind: 'not-acted', because: 'action-failed' }]);
  });

  it('is refused at once where its input does not fit', async () => {
    const standing = await standOnAct({ addTags: 'vip' });

    await standing.act();

    expect(await standing.decisions()).toEqual([{ kind: 'not-acted', because: 'action-refused' }]);
  });
});

import { createLocalActivities } from '../../src/activities/create-activities';
import { contactId, stepId } from '../../src/core/ids';
import { realTime } from '../../src/core/time/clock';
import { createClock } from '../../src/process/clock';
import { aJourney } from '../support/core/builders';
import { testContext } from '../support/context';
import { fakeTemporal, noon, testIntake } from '../support/intake';
import { openTestStore, type TestStore } from '../support/store';

describe('an activity that runs again after its write', () => {
  let opened: TestStore;

  beforeAll(async () => {
    opened = await openTestStore();
  });
  afterAll(() => opened.close());

  async function standOnBranch() {
    const { store } = opened;
    const shop = testIntake(store, {});
    const workspace = shop.workspace.id;
    await store.workspaces.put(shop.workspace);
    const isGold = { fact: 'contact.traits.tier', is: 'equals', to: 'gold' } as const;
    await shop.publish(
      aJourney({
        exits: [{ events: ['Order Completed'], as: 'converted' }],
        steps: [
          { id: 'fork', kind: 'branch', cases: [{ when: isGold, next: 'gold' }], otherwise: 'end' },
          { id: 'gold', kind: 'exit', as: 'gold' },
          { id: 'end', kind: 'exit' },
        ],
      }),
    );
    const receipt = await shop.receive({ properties: { cart_id: 'a' } });
    const enrollment = receipt.enrollments[0]?.id;
    if (!enrollment) throw new Error('nobody entered');
    let now = noon + 60_000;
    const { decide, close } = createLocalActivities({
      ...testContext({
        store,
        workflows: fakeTemporal(),
        clock: createClock(realTime, () => now),
      }),
      attempt: () => ({ number: 1, scheduledAt: noon }),
    });
    const instruction = { kind: 'decide', step: stepId('fork'), visit: 1, notes: [] } as const;
    const ending = { kind: 'finish', as: 'completed', because: 'completed', at: now } as const;
    return {
      shop,
      decide: () => decide({ workspace, enrollment, instruction }),
      close: () =>
        close({
          workspace,
          enrollment,
          instruction: { ...ending, write: { closed: false, notes: [] } },
        }),
      later: (ms: number) => {
        now += ms;
      },
      becomeGold: () =>
        store.contacts.change(
          workspace,
          contactId(receipt.contact),
          { traits: { tier: 'gold' } },
          now,
        ),
      decisions: () => store.decisions.ofEnrollment(workspace, enrollment),
    };
  }

  it('fault 10: answers the case on record, though the facts have changed since', async () => {
    const standing = await standOnBranch();
    const first = await standing.decide();
    await standing.becomeGold();
    standing.later(60_000);

    const second = await standing.decide();

    expect(first).toMatchObject({ kind: 'decided', taken: -1, at: noon + 60_000 });
    expect(second).toEqual(first);
    expect((await standing.decisions()).filter(({ kind }) => kind === 'branched')).toMatchObject([
      { because: 'otherwise' },
    ]);
  });

  it('fault 9: answers the end that stands, where an exit came before it', async () => {
    const standing = await standOnBranch();
    await standing.shop.receive({ name: 'Order Completed' });

    expect(await standing.close()).toEqual({ as: 'converted', because: 'exit-event' });
  });
});

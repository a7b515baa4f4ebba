import type { Enrollment } from '../../../src/core/enrollments/enrollment';
import { sweepOnce, unseenMs } from '../../../src/intake/settle/sweep';
import { cart, cartJourney, order } from '../../support/cart';
import { noon, testIntake, type TestIntake } from '../../support/intake';
import { openTestStore, type TestStore } from '../../support/store';

const minute = 60_000;
const onceAtATime = { ...cartJourney, entry: { ...cartJourney.entry, repeat: 'ignore' } } as const;
let opened: TestStore;
let shop: TestIntake;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());
beforeEach(async () => {
  shop = testIntake(opened.store);
  await opened.store.workspaces.put(shop.workspace);
  await shop.publish(cartJourney);
});

const loss = {
  lost: {
    vanish: ({ id }: Enrollment) => {
      shop.temporal.forget(id);
    },
    ending: { as: 'lost', because: 'lost' } as const,
  },
  terminated: {
    vanish: ({ id }: Enrollment) => {
      shop.temporal.terminate(id, noon + minute);
    },
    ending: { as: 'stopped', because: 'operator', at: noon + minute } as const,
  },
};

async function loseOne(how: keyof typeof loss): Promise<Enrollment> {
  await shop.receive(cart);
  const [enrollment] = await shop.enrollments();
  if (!enrollment) throw new Error('nobody entered');
  loss[how].vanish(enrollment);
  shop.at(noon + 2 * minute);
  return enrollment;
}

const later = { ...cart, occurredAt: noon + 2 * minute };
const decisionsOn = async ({ id }: Enrollment) =>
  opened.store.decisions.ofEnrollment(shop.workspace.id, id);

describe.each(['lost', 'terminated'] as const)('fault 8: a workflow that was %s', (how) => {
  const { ending } = loss[how];

  it('is found by the next event, which is delivered', async () => {
    const enrollment = await loseOne(how);

    const { key } = await shop.receive({ ...order, properties: { cart_id: 'other' } });

    expect(await shop.enrollments()).toMatchObject([{ ended: ending }]);
    expect(await opened.store.events.findByKey(shop.workspace.id, key)).toMatchObject({
      status: 'delivered',
    });
    expect(await decisionsOn(enrollment)).toContainEqual(
      expect.objectContaining({ kind: 'ended', because: ending.because }),
    );
  });

  it('is found by the next entry, which enters', async () => {
    await loseOne(how);

    const { key } = await shop.receive(later);

    expect(await shop.enrollments()).toMatchObject([
      { n: 2, enteredBy: key, started: true },
      { n: 1, ended: ending },
    ]);
    expect(shop.troubles).toEqual([]);
  });

  it('is found by an entry that an open enrollment would refuse', async () => {
    await shop.publish(onceAtATime);
    await loseOne(how);

    const { key } = await shop.receive(later);

    const enrollments = await shop.enrollments();
    expect(enrollments).toMatchObject([
      { n: 2, enteredBy: key, started: true },
      { n: 1, ended: ending },
    ]);
    expect(await opened.store.events.findByKey(shop.workspace.id, key)).toMatchObject({
      status: 'delivered',
      refusals: [],
      targets: [{ enrollment: enrollments[0]?.id, effect: { kind: 'entered' } }],
    });
  });

  it('is found by a start over the API, which enters', async () => {
    await loseOne(how);
    const { workspace } = shop;
    const request = { journey: cartJourney.id, contact: { userId: 'ada' }, key: 'a', data: {} };

    const answer = await shop.intake.enroll(workspace, request);
    await shop.intake.drain();

    expect(answer).toMatchObject({ kind: 'enrolled' });
    expect(await shop.enrollments()).toMatchObject([{ n: 2 }, { n: 1, ended: ending }]);
  });

  it('is found by the sweep, once it was long without a sign', async () => {
    const enrollment = await loseOne(how);
    shop.realAt(noon + unseenMs);
    await sweepOnce(shop.dependencies);
    const early = await shop.enrollments();

    shop.realAt(noon + unseenMs + minute);
    await sweepOnce(shop.dependencies);

    expect(early).not.toMatchObject([{ ended: ending }]);
    expect(await shop.enrollments()).toMatchObject([{ ended: ending }]);
    expect(await decisionsOn(enrollment)).toContainEqual(
      expect.objectContaining({ kind: 'ended', because: ending.because }),
    );
  });

  it('is found again after a crash between its end and the entry', async () => {
    await shop.publish(onceAtATime);
    const { id } = await loseOne(how);
    await opened.store.enrollments.close(shop.workspace.id, id, { at: noon + minute, ...ending });

    const { key } = await shop.receive(later);

    expect(await shop.enrollments()).toMatchObject([{ n: 2, enteredBy: key }, { n: 1 }]);
  });
});

describe('fault 8: an entry', () => {
  it('stays refused while the workflow of the open enrollment runs', async () => {
    await shop.publish(onceAtATime);
    await shop.receive(cart);

    const { key } = await shop.receive(later);

    expect(await shop.enrollments()).toMatchObject([{ n: 1 }]);
    expect(await opened.store.events.findByKey(shop.workspace.id, key)).toMatchObject({
      status: 'delivered',
      refusals: [{ reason: 'open' }],
    });
  });

  it('does not undo a termination that came after it', async () => {
    await shop.receive(cart);
    const [enrollment] = await shop.enrollments();
    shop.temporal.fail(new Error('Temporal is away'));
    const { key } = await shop.receive({ ...later, id: 'before' });
    shop.temporal.fail(undefined);
    if (enrollment) shop.temporal.terminate(enrollment.id, noon + 3 * minute);

    await shop.receive({ ...order, properties: { cart_id: 'other' } });

    expect(await shop.enrollments()).toMatchObject([{ n: 1, ended: { because: 'operator' } }]);
    expect(await opened.store.events.findByKey(shop.workspace.id, key)).toMatchObject({
      status: 'delivered',
    });
  });
});

describe('fault 8: the sweep', () => {
  it('asks of an enrollment once, whoever sweeps, and leaves one that runs alone', async () => {
    await shop.receive(cart);
    shop.realAt(noon + 2 * unseenMs);
    const twin = shop.twin();
    twin.realAt(noon + 2 * unseenMs);

    await Promise.all([sweepOnce(shop.dependencies), sweepOnce(twin.dependencies)]);
    await sweepOnce(shop.dependencies);

    const [enrollment] = await shop.enrollments();
    expect(enrollment?.ended).toBeUndefined();
    expect(shop.temporal.asked.filter((id) => id === enrollment?.id)).toHaveLength(1);
  });

  it('says so, and goes on, where Temporal cannot answer', async () => {
    await shop.receive(cart);
    shop.realAt(noon + 2 * unseenMs);
    shop.temporal.fail(new Error('Temporal is away'));

    await sweepOnce(shop.dependencies);

    expect(shop.troubles).toContainEqual(expect.stringContaining('Temporal is away'));
    expect(await shop.enrollments()).not.toMatchObject([{ ended: {} }]);
  });
});

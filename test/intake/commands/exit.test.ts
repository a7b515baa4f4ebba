import type { Intake } from '../../../src/intake/intake';
import { ask as askOnly } from '../../../src/intake/commands/ask';
import type { OperatorRequest } from '../../../src/intake/commands/shared/by-operator';
import { redriveOnce } from '../../../src/intake/settle/redrive';
import { order } from '../../support/cart';
import { everythingIn } from '../../support/everything';
import { noon, testIntake, type TestIntake } from '../../support/intake';
import { Crash, fuse, interrupted } from '../../support/interrupted';
import { ask, decisionsOn, pausingJourney, redriveLater, requestIn } from '../../support/operator';
import { openTestStore, type TestStore } from '../../support/store';

const away = new Error('Temporal is away');
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
  await shop.publish(pausingJourney);
});

const exit = (request: OperatorRequest, intake: Intake = shop.intake) =>
  ask('exit', request, { intake, workspace: shop.workspace });

describe('an exit by an operator', () => {
  it('ends the enrollment, and the workflow hears of it', async () => {
    const request = await requestIn(shop);

    const answer = await exit(request);

    expect(answer).toEqual({ kind: 'accepted' });
    expect(await shop.enrollments()).toMatchObject([
      { ended: { as: 'stopped', because: 'operator' } },
    ]);
    expect(shop.temporal.told).toMatchObject([
      {
        enrollment: request.enrollment,
        events: [{ effect: { kind: 'exited', as: 'stopped', because: 'operator' } }],
      },
    ]);
  });

  it('looks after its workflow until that has heard it', async () => {
    const request = await requestIn(shop);
    shop.temporal.keepRunning(true);
    await exit(request);
    await redriveLater(shop);
    shop.temporal.keepRunning(false);

    await redriveLater(shop, 2);
    await redriveLater(shop, 3);

    expect(shop.temporal.lookedAfter).toEqual(Array(3).fill(request.enrollment));
    expect(await redriveOnce(shop.dependencies)).toBe(0);
  });

  it('is on record with who it was and why, which stays out of Temporal', async () => {
    const request = await requestIn(shop);

    await exit(request);

    expect(await decisionsOn(shop, request)).toMatchObject([
      { kind: 'ended', because: 'operator', facts: { as: 'stopped' } },
      { kind: 'entered' },
      {
        kind: 'intervened',
        because: 'operator',
        facts: { action: 'exit', by: 'support desk', reason: 'She asked for it on the phone' },
      },
    ]);
    expect(JSON.stringify(shop.temporal.told)).not.toMatch(/support desk|phone/);
  });

  it('has ended the enrollment when it is answered, before anything is settled', async () => {
    const request = await requestIn(shop);

    await askOnly(shop.dependencies, shop.workspace.id, { kind: 'exit', request });

    expect(await shop.enrollments()).toMatchObject([{ ended: { because: 'operator' } }]);
    expect(shop.temporal.told).toEqual([]);
  });

  it('reaches the workflow when Temporal is back', async () => {
    const request = await requestIn(shop);
    shop.temporal.fail(away);
    await exit(request);
    shop.temporal.fail(undefined);

    await redriveLater(shop);

    expect(shop.temporal.told).toMatchObject([{ events: [{ effect: { kind: 'exited' } }] }]);
  });

  it('starts a workflow that is still owed, to end it', async () => {
    shop.temporal.fail(away);
    const request = await requestIn(shop);
    shop.temporal.fail(undefined);

    await exit(request);

    expect(shop.temporal.calls).toEqual(['start', 'Enrollment Exited']);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'comes to the same end when it is interrupted after write %i',
    async (last) => {
      const request = await requestIn(shop);
      const burning = fuse(last);
      const { decisions, enrollments, events } = opened.store;
      const store = {
        ...opened.store,
        decisions: interrupted(decisions, ['record'], burning),
        enrollments: interrupted(enrollments, ['close'], burning),
        events: interrupted(events, ['insert', 'setEffect', 'markDelivered'], burning),
      };
      const { workspace, temporal } = shop;
      const dying = testIntake(store, { workspace, temporal });

      await exit(request, dying.intake).catch(ignoreCrash);
      await redriveLater(shop);

      expect(await shop.enrollments()).toMatchObject([{ ended: { because: 'operator' } }]);
      expect(temporal.told).toMatchObject([{ events: [{ effect: { because: 'operator' } }] }]);
      const kinds = (await decisionsOn(shop, request)).map(({ kind }) => kind);
      expect(kinds.toSorted()).toEqual(['ended', 'entered', 'intervened']);
      expect(await redriveOnce(shop.dependencies)).toBe(0);
    },
  );

  it('is asked for once under one request id, also after the end', async () => {
    const request = { ...(await requestIn(shop)), requestId: 'r1' };
    await exit(request);

    const again = await exit(request);

    expect(again).toEqual({ kind: 'accepted' });
    expect(shop.temporal.told).toHaveLength(1);
    expect(await decisionsOn(shop, request)).toHaveLength(3);
  });

  it('is refused where the enrollment has ended', async () => {
    const request = await requestIn(shop);
    await shop.receive(order);

    const answer = await exit(request);

    expect(answer).toMatchObject({ kind: 'ended', ending: { as: 'converted' } });
    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
  });

  it('leaves an end that overtakes it', async () => {
    const request = await requestIn(shop);
    const { enrollments } = opened.store;
    const close: typeof enrollments.close = async (...args) => {
      await shop.receive(order);
      return enrollments.close(...args);
    };
    const { workspace, temporal } = shop;
    const store = { ...opened.store, enrollments: { ...enrollments, close } };
    const slow = testIntake(store, { workspace, temporal });
    slow.at(noon + 60_000);

    await exit(request, slow.intake);

    expect(await shop.enrollments()).toMatchObject([{ ended: { as: 'converted' } }]);
    const effects = shop.temporal.told.flatMap(({ events }) => events.map(({ effect }) => effect));
    expect(effects).toContainEqual({ kind: 'exited', as: 'converted' });
    expect(effects).not.toContainEqual(expect.objectContaining({ because: 'operator' }));
  });

  it('finds no enrollment of another workspace', async () => {
    const request = await requestIn(shop);
    const rival = testIntake(opened.store);

    const answer = await rival.intake.ask(rival.workspace.id, 'exit', request);

    expect(answer).toEqual({ kind: 'unknown-enrollment' });
    expect(await shop.enrollments()).not.toMatchObject([{ ended: {} }]);
  });

  it('keeps its reason no longer than the contact', async () => {
    const request = await requestIn(shop);
    await exit(request);
    const before = await everythingIn(opened.uri, shop.workspace.id);
    const [enrollment] = await shop.enrollments();
    if (!enrollment) throw new Error('nobody entered');

    await shop.intake.ask(shop.workspace.id, 'erase', { contact: enrollment.contact });
    await shop.intake.drain();

    expect(before).toMatch('phone');
    expect(await everythingIn(opened.uri, shop.workspace.id)).not.toMatch('phone');
  });
});

function ignoreCrash(error: unknown): void {
  if (!(error instanceof Crash)) throw error;
}

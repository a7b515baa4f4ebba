import type { OperatorRequest } from '../../../src/intake/commands/shared/by-operator';
import type { Intake } from '../../../src/intake/intake';
import { redriveOnce } from '../../../src/intake/settle/redrive';
import { begin } from '../../../src/core/enrollments/begin';
import { compile } from '../../../src/core/journeys/compile';
import { enrollmentId, stepId } from '../../../src/core/ids';
import type { Progress } from '../../../src/core/enrollments/progress';
import { order } from '../../support/cart';
import { noon, testIntake, type TestIntake } from '../../support/intake';
import { anEvent } from '../../support/core/builders';
import { openingOf } from '../../support/core/enrolled';
import { ask, decisionsOn, pausingJourney, redriveLater, requestIn } from '../../support/operator';
import { openTestStore, type TestStore } from '../../support/store';

const minute = 60_000;
const away = new Error('Temporal is away');
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
  await shop.publish(pausingJourney);
});

const skipWait = (request: OperatorRequest, intake: Intake = shop.intake) =>
  ask('skip-wait', request, { intake, workspace: shop.workspace });

describe('a wait that an operator skips', () => {
  const entry = anEvent({ occurredAt: noon });
  const standing = begin(compile(pausingJourney, 1), openingOf(entry));

  /** An operator beside the shop, whose Temporal says where the enrollment stands. */
  function seeing(position: Partial<Progress['position']>): Intake {
    const progress = { ...standing, position: { ...standing.position, ...position } } as Progress;
    const temporal = { ...shop.temporal, progressOf: () => Promise.resolve(progress) };
    return testIntake(opened.store, { temporal, workspace: shop.workspace }).intake;
  }

  /** An enrollment whose workflow was woken and has gone on since. */
  async function requestInWoken() {
    const request = await requestIn(shop);
    await opened.store.enrollments.markAwake(shop.workspace.id, request.enrollment);
    return request;
  }

  it('is told to the workflow as the one at which the enrollment stands', async () => {
    const request = await requestIn(shop);

    const answer = await skipWait(request);

    expect(answer).toEqual({ kind: 'accepted' });
    expect(shop.temporal.told).toMatchObject([
      {
        enrollment: request.enrollment,
        events: [
          {
            name: 'Wait Skipped',
            effect: { kind: 'skipped-wait', step: 'pause', since: noon },
          },
        ],
      },
    ]);
  });

  it('is the first one while nothing has woken the workflow, which is not asked', async () => {
    const request = await requestIn(shop);

    await skipWait(request, seeing({ step: stepId('rest') }));

    expect(shop.temporal.told).toMatchObject([
      { events: [{ effect: { kind: 'skipped-wait', step: 'pause', visit: 1 } }] },
    ]);
  });

  it('is the one at which the workflow says that it stands', async () => {
    const request = await requestInWoken();
    const position = { step: stepId('rest'), since: noon + minute, visit: 2 };

    await skipWait(request, seeing(position));

    expect(shop.temporal.told).toMatchObject([
      { events: [{ effect: { kind: 'skipped-wait', ...position } }] },
    ]);
  });

  it('is on record with who it was and why', async () => {
    const request = await requestIn(shop);

    await skipWait(request);

    expect(await decisionsOn(shop, request)).toMatchObject([
      { kind: 'entered' },
      { kind: 'intervened', facts: { action: 'skip-wait', by: 'support desk' } },
    ]);
  });

  it('is skipped once under one request id', async () => {
    const request = { ...(await requestIn(shop)), requestId: 'r1' };
    await skipWait(request);

    const again = await skipWait(request, seeing({ step: stepId('rest') }));

    expect(again).toEqual({ kind: 'accepted' });
    expect(shop.temporal.told).toHaveLength(1);
  });

  it.each([
    ['at a send', { step: stepId('remind') }],
    ['nowhere any more', { kind: 'ended' }],
  ] as const)('is none where the enrollment stands %s', async (_where, position) => {
    const request = await requestInWoken();

    const answer = await skipWait(request, seeing(position));

    expect(answer).toEqual({ kind: 'not-waiting' });
    expect(shop.temporal.told).toEqual([]);
  });

  it('is none where the enrollment has ended or does not exist', async () => {
    const request = await requestIn(shop);
    await shop.receive(order);

    const ended = await skipWait(request);
    const unknown = await skipWait({ ...request, enrollment: enrollmentId('nobody') });

    expect(ended).toMatchObject({ kind: 'ended' });
    expect(unknown).toEqual({ kind: 'unknown-enrollment' });
  });

  it('reaches the workflow when Temporal is back, and only once', async () => {
    const request = await requestIn(shop);
    shop.temporal.fail(away);
    await skipWait(request);
    shop.temporal.fail(undefined);

    await redriveLater(shop);

    expect(shop.temporal.told).toMatchObject([{ events: [{ effect: { kind: 'skipped-wait' } }] }]);
    expect(await redriveOnce(shop.dependencies)).toBe(0);
  });

  it('means nothing any more where the enrollment ends first', async () => {
    const request = await requestIn(shop);
    shop.temporal.fail(away);
    await skipWait(request);
    await shop.receive({ ...order, occurredAt: noon + minute });
    shop.temporal.fail(undefined);

    await redriveLater(shop);

    const told = shop.temporal.told.flatMap(({ events }) => events);
    expect(told.map(({ effect }) => effect.kind).toSorted()).toEqual(['exited', 'told']);
    const kinds = (await decisionsOn(shop, request)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['ended', 'entered', 'intervened']);
  });
});

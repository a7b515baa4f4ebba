import type { HeardEvent } from '../../src/core/enrollments/progress';
import { workspaceId } from '../../src/core/ids';
import { eventKeyOf } from '../../src/intake/accept/event-identity';
import { journeyOf } from '../../src/intake/journey-of';
import { tellEnrollment } from '../../src/intake/reach-workflow';
import { cart, cartJourney } from '../support/cart';
import { testIntake } from '../support/intake';
import { openTestStore, type TestStore } from '../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

const count = 3_000;
const shop = workspaceId('shop');

const updateOf = (n: number): HeardEvent => ({
  id: eventKeyOf(shop, `update-${n}`),
  name: cart.name,
  occurredAt: n,
  receivedAt: n,
  properties: {},
  effect: { kind: 'refreshed' },
});

/** For each update of an idle cart, whether it woke the workflow. */
async function wakesOfUpdates(): Promise<readonly boolean[]> {
  const { dependencies, publish, receive, enrollments } = testIntake(opened.store);
  await publish(cartJourney);
  await receive(cart);
  const [enrollment] = await enrollments();
  if (!enrollment) throw new Error('nobody entered');
  const journey = await journeyOf(dependencies, enrollment);
  const wakes: boolean[] = [];
  const workflows: typeof dependencies.workflows = {
    ...dependencies.workflows,
    tell: (_enrollment, _events, waking) => {
      wakes.push(waking !== undefined);
      return Promise.resolve('told');
    },
  };
  for (let n = 0; n < count; n += 1) {
    const telling = { enrollment, journey, events: [updateOf(n)] };
    await tellEnrollment({ ...dependencies, workflows }, telling);
  }
  return wakes;
}

function longestSleep(wakes: readonly boolean[]): number {
  const sleeps = wakes.map((_, n) => n - wakes.lastIndexOf(true, n));
  return Math.max(...sleeps);
}

// Temporal refuses a run more than 10,000 signals, and a run that has begun goes on as a new one.
describe('a flood of updates to an idle enrollment', () => {
  it('wakes it now and then, so that Temporal never refuses a signal', async () => {
    const wakes = await wakesOfUpdates();

    expect(wakes).toHaveLength(count);
    expect(longestSleep(wakes)).toBeLessThan(1_500);
    expect(wakes.filter(Boolean).length).toBeLessThan(count / 64);
  });
});

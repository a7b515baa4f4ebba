import { createRecent } from '../../src/process/cache';
import { workspaceId, type WorkspaceId } from '../../src/core/ids';
import { cart, cartJourney } from '../support/cart';
import { testIntake } from '../support/intake';
import { openTestStore, type TestStore } from '../support/store';
import { until } from '../support/processes/until';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});

afterAll(() => opened.close());

describe('a published journey', () => {
  it('takes effect at once in its own process, and in every other when it looks again', async () => {
    const here = testIntake(opened.store);
    const there = here.twin();
    const send = (process: typeof here, userId: string) =>
      process.receive({ ...cart, contact: { userId } });
    await send(there, 'before');

    await here.publish(cartJourney);
    const own = await send(here, 'own');
    let n = 0;
    const isKnownThere = async () => (await send(there, `n${(n += 1)}`)).enrollments.length > 0;
    await until(isKnownThere);

    expect(own.enrollments).toMatchObject([{ effect: 'entered' }]);
    expect(await isKnownThere()).toBe(true);
  });

  it('is looked for again after half a second, whoever published it', async () => {
    let now = 0;
    let loads = 0;
    const live = createRecent({
      load: (_workspace: WorkspaceId) => Promise.resolve((loads += 1)).then(() => []),
      now: () => now,
    });
    const shop = workspaceId('shop');
    await live.of(shop);

    now = 499;
    await live.of(shop);
    const before = loads;
    now = 500;
    await live.of(shop);

    expect([before, loads]).toEqual([1, 2]);
  });
});

import { watchBacklog, type BacklogWatch } from '../../../../src/api/http/admission/watch-backlog';
import type { Backlog } from '../../../../src/store/events/events';
import { until } from '../../../support/processes/until';

const marks = { maxAgeMs: 900_000, maxEvents: 100 };
const now = 10_000_000;
let watch: BacklogWatch;

afterEach(() => watch.stop());

type World = { backlog: Backlog | Error; isReachable: boolean };

function watching(world: World, troubles: unknown[] = []): BacklogWatch {
  watch = watchBacklog({
    read: () =>
      world.backlog instanceof Error
        ? Promise.reject(world.backlog)
        : Promise.resolve(world.backlog),
    isTemporalReachable: () => Promise.resolve(world.isReachable),
    realAgeOf: (receivedAt) => now - receivedAt,
    marks,
    onTrouble: (error) => troubles.push(error),
    periodMs: 1,
  });
  return watch;
}

describe('the watch over the backlog', () => {
  it.each([
    ['nothing waits', { pending: 0, dead: 3 }, false, false],
    [
      'much waits, and not for long',
      { pending: 100, dead: 0, oldestReceivedAt: now },
      false,
      false,
    ],
    ['too much waits', { pending: 101, dead: 0, oldestReceivedAt: now }, true, true],
    [
      'it waits too long without Temporal',
      { pending: 1, dead: 0, oldestReceivedAt: 1 },
      false,
      true,
    ],
    ['one event cannot settle', { pending: 1, dead: 0, oldestReceivedAt: 1 }, true, false],
  ])('is over its mark or not where %s', async (_what, backlog, isReachable, isOver) => {
    const watched = watching({ backlog, isReachable });

    await until(() => watched.latest().pending + watched.latest().dead > 0);

    expect(watched.isOver()).toBe(isOver);
  });

  it('is over no more once Temporal is back', async () => {
    const world = { backlog: { pending: 1, dead: 0, oldestReceivedAt: 1 }, isReachable: false };
    const watched = watching(world);
    await until(watched.isOver);

    world.isReachable = true;

    await until(() => !watched.isOver());
    expect(watched.latest()).toEqual({ pending: 1, dead: 0, ageMs: now - 1 });
  });

  it('goes by what it saw last while the store is away, says so, and looks again', async () => {
    const world: World = { backlog: { pending: 7, dead: 0 }, isReachable: true };
    const troubles: unknown[] = [];
    const watched = watching(world, troubles);
    await until(() => watched.latest().pending === 7);

    world.backlog = new Error('away');
    await until(() => troubles.length > 1);
    const meanwhile = watched.latest().pending;
    world.backlog = { pending: 8, dead: 0 };

    await until(() => watched.latest().pending === 8);
    expect(meanwhile).toBe(7);
  });
});

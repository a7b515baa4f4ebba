import type { Events } from '../../../src/store/events/events';
import { openTestStore, type TestStore } from '../../support/store';
import { anEvent, aTarget, rival, shop } from '../builders';

describe('a dead event', () => {
  let opened: TestStore;
  let events: Events;
  const event = anEvent('Order', { targets: [aTarget(1)] });
  const due = { nextAt: 10 };

  beforeEach(async () => {
    opened = await openTestStore();
    events = opened.store.events;
    await events.insert(event, { nextAt: 0 });
    await events.postpone(shop, event.key, { nextAt: 0, attempts: 9 });
    await events.bury(shop, event.key, 'impossible');
  });
  afterEach(() => opened.close());

  it('is pending again, as it was, and due with no attempt counted', async () => {
    const revived = await events.revive(shop, event.key, due);

    expect(revived).toBe(true);
    expect(await events.find(shop, event.key)).toEqual(event);
    expect(await events.claimPending({ now: 9, leaseMs: 50, limit: 5 })).toEqual([]);
    expect(await events.claimPending({ now: 10, leaseMs: 50, limit: 5 })).toEqual([
      { ...event, attempts: 0 },
    ]);
  });

  it('is revived by one of ten callers', async () => {
    const callers = Array.from({ length: 10 }, () => events.revive(shop, event.key, due));

    const revived = await Promise.all(callers);

    expect(revived.filter(Boolean)).toHaveLength(1);
  });

  it('says no more why it was dead once it is owed to somebody new', async () => {
    await events.addTargets(shop, event.key, { targets: [aTarget(2)], nextAt: 0 });

    const found = await events.find(shop, event.key);

    expect(found).toEqual({ ...event, targets: [aTarget(1), aTarget(2)] });
  });

  it('is out of reach of another workspace', async () => {
    const revived = await events.revive(rival, event.key, due);

    expect(revived).toBe(false);
    expect(await events.find(shop, event.key)).toMatchObject({ status: 'dead' });
  });
});

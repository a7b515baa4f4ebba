import mongoose from 'mongoose';
import type { RecordedEvent } from '../../../src/core/events/recorded-event';
import type { Events } from '../../../src/store/events/events';
import { openTestStore, type TestStore } from '../../support/store';
import { anEvent, aTarget, shop } from '../builders';

describe('an event that was settled', () => {
  let opened: TestStore;
  let events: Events;
  const insert = (event: RecordedEvent) => events.insert(event, { nextAt: 0 });
  const find = (event: RecordedEvent) => events.find(shop, event.key);

  beforeEach(async () => {
    opened = await openTestStore();
    events = opened.store.events;
  });
  afterEach(() => opened.close());

  it('is delivered once all its targets are marked, and keeps the first mark', async () => {
    const event = anEvent('Order', { targets: [{ ...aTarget(1), at: 10 }, aTarget(2)] });
    await insert(event);

    await events.markDelivered(shop, [event.key], { targets: 2, at: 20 });

    const marked = { status: 'delivered', targets: [{ at: 10 }, { at: 20 }] };
    expect(await find(event)).toMatchObject(marked);
  });

  it('stays pending where a target was added meanwhile', async () => {
    const event = anEvent('Order', { targets: [aTarget(1)] });
    await insert(event);
    await events.addTargets(shop, event.key, { targets: [aTarget(2)], nextAt: 9 });

    await events.markDelivered(shop, [event.key], { targets: 1, at: 10 });

    expect(await find(event)).toEqual({ ...event, targets: [aTarget(1), aTarget(2)] });
  });

  it('is marked together with others, but not where a target was added meanwhile', async () => {
    const told = anEvent('told', { targets: [aTarget(1)] });
    const late = anEvent('late', { targets: [aTarget(1)] });
    await Promise.all([insert(told), insert(late)]);
    await events.addTargets(shop, late.key, { targets: [aTarget(2)], nextAt: 9 });

    await events.markDelivered(shop, [told.key, late.key], { targets: 1, at: 10 });

    expect(await find(told)).toMatchObject({ status: 'delivered', targets: [{ at: 10 }] });
    expect(await find(late)).toMatchObject({ status: 'pending' });
  });

  it('is delivered at once where it has no target', async () => {
    const event = anEvent('Order');
    await insert(event);

    await events.markDelivered(shop, [event.key], { targets: 0, at: 10 });

    expect(await find(event)).toMatchObject({ status: 'delivered', targets: [] });
  });

  it('fault 25: asks for no mark of a target where there is none', async () => {
    const changes: string[] = [];
    await insert(anEvent('Order'));
    mongoose.set('debug', (_collection, method, ...given) => {
      if (method === 'bulkWrite') changes.push(JSON.stringify(given));
    });

    await events.markDelivered(shop, [anEvent('Order').key], { targets: 0, at: 10 });

    mongoose.set('debug', false);
    expect(changes).toHaveLength(1);
    expect(changes.join()).not.toContain('unmarked');
  });
});

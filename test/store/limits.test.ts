import { eventKey } from '../../src/core/ids';
import type { Limits } from '../../src/store/limits';
import { openTestStore, type TestStore } from '../support/store';
import { ada, cartRecovery, rival, shop } from './builders';

describe('limits', () => {
  let opened: TestStore;
  let limits: Limits;
  const start = (event: string) => ({
    contact: ada,
    journey: cartRecovery,
    event: eventKey(event),
  });
  /** Within a window of 100. */
  const reserve = (event: string, at: number, starts = 1) =>
    limits.reserve(shop, { ...start(event), at, starts, since: at - 100 });

  beforeEach(async () => {
    opened = await openTestStore();
    limits = opened.store.limits;
  });
  afterEach(() => opened.close());

  it('grants one of ten starts that ask for the only place at once', async () => {
    const events = Array.from({ length: 10 }, (_, at) => `event ${at}`);

    const granted = await Promise.all(events.map((event) => reserve(event, 1_000)));

    expect(granted.filter(Boolean)).toHaveLength(1);
  });

  it('grants as many starts as there are places', async () => {
    const events = Array.from({ length: 10 }, (_, at) => `event ${at}`);

    const granted = await Promise.all(events.map((event) => reserve(event, 1_000, 3)));

    expect(granted.filter(Boolean)).toHaveLength(3);
  });

  it('takes one place for one event, however often it asks', async () => {
    const first = await Promise.all([reserve('one', 1_000, 2), reserve('one', 1_000, 2)]);
    const second = await reserve('two', 1_000, 2);
    const third = await reserve('three', 1_000, 2);

    expect([...first, second, third]).toEqual([true, true, true, false]);
  });

  it('has room again when the window has rolled past a start', async () => {
    await reserve('one', 1_000);

    const inside = await reserve('two', 1_099);
    const outside = await reserve('three', 1_100);

    expect([inside, outside]).toEqual([false, true]);
  });

  it('has room again when a start is released', async () => {
    await reserve('one', 1_000);

    await limits.release(shop, start('one'));
    const granted = await reserve('two', 1_000);

    expect(granted).toBe(true);
  });

  it('refuses while more are taken than a lowered limit allows', async () => {
    await reserve('one', 1_000, 2);
    await reserve('two', 1_000, 2);

    const granted = await reserve('three', 1_000, 1);

    expect(granted).toBe(false);
  });

  it('counts each workspace by itself', async () => {
    await reserve('one', 1_000);

    await limits.release(rival, start('one'));
    const elsewhere = await limits.reserve(rival, {
      ...start('two'),
      at: 1_000,
      starts: 1,
      since: 900,
    });
    const here = await reserve('three', 1_000);

    expect([elsewhere, here]).toEqual([true, false]);
  });
});

import { messageId } from '../../src/core/ids';
import type { AddressCounts, AddressDay } from '../../src/store/messages/address-counts';
import { openTestStore, type TestStore } from '../support/store';
import { rival, shop } from './builders';

const place: AddressDay = { channel: 'email', address: 'ada@shop.test', day: 20_000 };
const until = Date.UTC(2100, 0, 1);

describe('attack 14: the count at an address', () => {
  let opened: TestStore;
  let counts: AddressCounts;

  beforeEach(async () => {
    opened = await openTestStore();
    counts = opened.store.addressCounts;
  });
  afterEach(() => opened.close());

  const count = (id: string, at: Partial<AddressDay> = {}, workspace = shop) =>
    counts.count(workspace, { ...place, ...at }, { message: messageId(id), most: 2, until });

  it('has room for as many of ten messages at once as the limit says', async () => {
    const ids = Array.from({ length: 10 }, (_, number) => `m${number}`);

    const answers = await Promise.all(ids.map((id) => count(id)));

    expect(answers.filter(Boolean)).toHaveLength(2);
  });

  it('answers a repeat alike, and counts it once', async () => {
    const answers = [await count('m1'), await count('m1'), await count('m2'), await count('m3')];

    expect(answers).toEqual([true, true, true, false]);
    expect([await count('m1'), await count('m3')]).toEqual([true, false]);
  });

  it('is of one workspace, day and address, whose case does not matter', async () => {
    await Promise.all([count('m1'), count('m2')]);

    expect([
      await count('m3', { address: 'ADA@shop.test' }),
      await count('m3', { address: 'eve@shop.test' }),
      await count('m3', { day: 20_001 }),
      await count('m3', {}, rival),
    ]).toEqual([false, true, true, true]);
  });

  it('has room again for another where a message is taken out', async () => {
    await Promise.all([count('m1'), count('m2')]);

    await counts.discount(shop, place, messageId('m1'));

    expect(await count('m3')).toBe(true);
  });
});

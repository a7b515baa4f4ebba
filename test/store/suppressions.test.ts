import type { Suppressions } from '../../src/store/suppressions';
import { openTestStore, type TestStore } from '../support/store';
import { rival, shop } from './builders';

describe('suppressions', () => {
  let opened: TestStore;
  let suppressions: Suppressions;
  const address = 'ada@example.com';
  const bounced = { channel: 'email', because: 'bounced', at: 1_000 } as const;
  const unsubscribed = { channel: 'email', because: 'unsubscribed', at: 500 } as const;
  const find = (of = address) => suppressions.find(shop, 'email', of);

  beforeEach(async () => {
    opened = await openTestStore();
    suppressions = opened.store.suppressions;
  });
  afterEach(() => opened.close());

  it('finds a suppressed address in any case, and no other', async () => {
    await suppressions.suppress(shop, { address, ...bounced });

    const found = await find('ADA@Example.com');
    const other = await find('grace@example.com');

    expect(found).toEqual(bounced);
    expect(other).toBeUndefined();
  });

  it('keeps the first instant of a reason that is given again', async () => {
    await suppressions.suppress(shop, { address, ...bounced });

    await suppressions.suppress(shop, { address, ...bounced, at: 2_000 });

    expect(await find()).toEqual(bounced);
  });

  it('gives the strongest reason', async () => {
    await suppressions.suppress(shop, { address, ...unsubscribed });
    await suppressions.suppress(shop, { address, ...bounced });

    const strongest = await find();

    expect(strongest).toEqual(bounced);
  });

  it('gives every reason, the strongest first', async () => {
    await suppressions.suppress(shop, { address, ...unsubscribed });
    await suppressions.suppress(shop, { address, ...bounced });

    const all = await suppressions.ofAddress(shop, 'email', 'ADA@example.com');
    const theirs = await suppressions.ofAddress(rival, 'email', address);

    expect(all).toEqual([bounced, unsubscribed]);
    expect(theirs).toEqual([]);
  });

  it('is out of reach of another workspace', async () => {
    await suppressions.suppress(shop, { address, ...bounced });

    const theirs = await suppressions.find(rival, 'email', address);

    expect(theirs).toBeUndefined();
    expect(await find()).toEqual(bounced);
  });
});

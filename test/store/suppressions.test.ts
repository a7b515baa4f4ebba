import type { Suppressions } from '../../src/store/suppressions';
import { openTestStore, type TestStore } from '../support/store';
import { rival, shop } from './builders';

describe('suppressions', () => {
  let opened: TestStore;
  let suppressions: Suppressions;
  const address = 'ada@example.com';
  const bounced = { channel: 'email', because: 'bounced', at: 1_000 } as const;
  const unsubscribed = { channel: 'email', because: 'unsubscribed', at: 500 } as const;
  const find = async (of = address) => (await suppressions.ofAddress(shop, 'email', of))[0];

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

    const theirs = await suppressions.ofAddress(rival, 'email', address);

    expect(theirs).toEqual([]);
    expect(await find()).toEqual(bounced);
  });

  describe('fault 11: of an address that was unsubscribed', () => {
    const marketing = { ...unsubscribed, purpose: 'marketing' } as const;
    const service = { ...unsubscribed, purpose: 'service' } as const;
    const email = { channel: 'email', address } as const;
    const all = () => suppressions.ofAddress(shop, 'email', address);

    beforeEach(async () => {
      for (const each of [marketing, service, bounced])
        await suppressions.suppress(shop, { address, ...each });
    });

    it('stand by purpose, beside every other reason', async () => {
      expect(await all()).toEqual([bounced, marketing, service]);
    });

    it('are lifted by a later consent to that purpose, and nothing else is', async () => {
      await suppressions.resubscribe(shop, { ...email, purpose: 'marketing', at: 600 });

      expect(await all()).toEqual([bounced, service]);
    });

    it('are not lifted by a consent that came before the latest withdrawal', async () => {
      await suppressions.suppress(shop, { address, ...marketing, at: 700 });

      await suppressions.resubscribe(shop, { ...email, purpose: 'marketing', at: 600 });

      expect(await all()).toEqual([bounced, { ...marketing, at: 700 }, service]);
    });

    it('are not lifted by an operator, who lifts every other reason', async () => {
      await suppressions.lift(shop, email);

      expect(await all()).toEqual([marketing, service]);
    });
  });
});

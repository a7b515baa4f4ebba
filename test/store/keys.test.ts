import type { Keys } from '../../src/store/keys';
import { openTestStore, type TestStore } from '../support/store';
import { aKey, rival, shop } from './builders';

describe('keys', () => {
  let opened: TestStore;
  let keys: Keys;

  beforeEach(async () => {
    opened = await openTestStore();
    keys = opened.store.keys;
  });
  afterEach(() => opened.close());

  it('are found by their hash', async () => {
    const key = aKey('hash', { expiresAt: 9_000 });
    await keys.put(key);

    const found = await keys.findByHash('hash');
    const other = await keys.findByHash('other hash');

    expect(found).toEqual(key);
    expect(other).toBeUndefined();
  });

  it('are never given to another workspace', async () => {
    const key = aKey('hash');
    await keys.put(key);

    await keys.put({ ...aKey('another'), hash: 'hash', workspace: rival });

    expect(await keys.findByHash('hash')).toEqual(key);
    expect(await keys.list(rival, { limit: 10 })).toEqual({ data: [] });
  });

  it('are listed by workspace, latest first, page by page', async () => {
    const [first, second, third] = [1, 2, 3].map((n) => aKey(`hash ${n}`, { createdAt: n }));
    await Promise.all([third, first, second].map((key) => keys.put(key ?? aKey('none'))));
    await keys.put(aKey('theirs', { workspace: rival }));

    const page = await keys.list(shop, { limit: 2 });
    const next = await keys.list(shop, { limit: 2, cursor: page.nextCursor });

    expect(page.data).toEqual([third, second]);
    expect(next).toEqual({ data: [first] });
  });

  it('are removed once, and by their own workspace only', async () => {
    const key = aKey('hash');
    await keys.put(key);

    const theirs = await keys.remove(rival, key.id);
    const kept = await keys.findByHash('hash');
    const own = await keys.remove(shop, key.id);
    const again = await keys.remove(shop, key.id);

    expect([theirs, kept, own, again]).toEqual([undefined, key, key, undefined]);
    expect(await keys.findByHash('hash')).toBeUndefined();
  });
});

import { openTestStore, type TestStore } from '../support/store';
import { rival, shop } from './builders';

describe('workspaces and keys', () => {
  let opened: TestStore;
  const workspace = { id: shop, name: 'Shop', from: 'shop@example.com', zone: 'UTC', locale: 'en' };
  const key = { hash: 'hash', workspace: shop, name: 'server', scopes: ['events:write'] };

  beforeEach(async () => {
    opened = await openTestStore();
  });
  afterEach(() => opened.close());

  it('replaces a workspace whole', async () => {
    const { workspaces } = opened.store;
    await workspaces.put({ ...workspace, currency: 'EUR' });

    await workspaces.put({ ...workspace, name: 'Shop of Ada' });

    expect(await workspaces.find(shop)).toEqual({ ...workspace, name: 'Shop of Ada' });
    expect(await workspaces.find(rival)).toBeUndefined();
  });

  it('creates a missing workspace and leaves one that is there', async () => {
    const { workspaces } = opened.store;

    const created = await workspaces.ensure(workspace);
    const kept = await workspaces.ensure({ ...workspace, name: 'Default' });

    expect([created, kept]).toEqual([workspace, workspace]);
  });

  it('finds a key by its hash', async () => {
    const { keys } = opened.store;
    await keys.put({ ...key, expiresAt: 9_000 });

    const found = await keys.findByHash('hash');
    const other = await keys.findByHash('other hash');

    expect(found).toEqual({ ...key, expiresAt: 9_000 });
    expect(other).toBeUndefined();
  });

  it('never gives a key to another workspace', async () => {
    const { keys } = opened.store;
    await keys.put(key);

    await keys.put({ ...key, workspace: rival });

    expect(await keys.findByHash('hash')).toEqual(key);
  });
});

import { openTestStore, type TestStore } from '../../support/store';
import { rival, shop } from '../builders';

describe('workspaces', () => {
  let opened: TestStore;
  const workspace = { id: shop, name: 'Shop', from: 'shop@example.com', zone: 'UTC', locale: 'en' };

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
});

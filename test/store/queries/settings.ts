import type { Store } from '../../../src/store/store';
import { shop } from '../builders';

/** Calls every verb about workspaces and what they send from. */
export async function settings({ senders, workspaces }: Store): Promise<void> {
  const workspace = { id: shop, name: 'Shop', from: 'a@x.it', zone: 'Europe/Rome', locale: 'it' };
  await workspaces.ensure(workspace);
  await workspaces.put(workspace);
  await workspaces.find(shop);
  await senders.add(shop, { domain: 'a.it', token: 't', createdAt: 1_000 });
  await senders.add(shop, { domain: 'x.it', token: 't', createdAt: 1_000 });
  const { nextCursor: cursor } = await senders.list(shop, { limit: 1 });
  await senders.list(shop, { limit: 1, cursor });
  await senders.find(shop, 'x.it');
  await senders.confirm(shop, 'x.it', 2_000);
  await senders.unconfirmed(shop, 'a@mail.x.it', []);
  await senders.withdraw(shop, 'x.it');
  await senders.remove(shop, 'x.it');
}

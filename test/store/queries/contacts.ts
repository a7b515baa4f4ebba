import { contactId, type ContactId } from '../../../src/core/ids';
import type { Store } from '../../../src/store/store';
import { shop } from '../builders';

const alias = contactId('alias of ada');

/** Calls every verb about contacts and their consents. */
export async function contacts(store: Store): Promise<void> {
  const { contacts } = store;
  const birth = (id: string) => ({ newId: () => contactId(id), now: 1_000 });
  const one = await contacts.resolve(shop, { anonymousId: 'v1', email: 'A@x.it' }, birth('one'));
  const two = await contacts.resolve(shop, { userId: 'u1', phone: '+391' }, birth('two'));
  await contacts.resolve(shop, { email: 'a@x.it' }, birth('three'));
  await contacts.find(shop, { phone: '+391' });
  await contacts.findById(shop, one.id);
  await contacts.stored(shop, one.id);
  await contacts.change(shop, one.id, { traits: { size: 'M' } }, 2_000);
  await consentsOf(store, one.id);
  await contacts.person(shop, one.id);
  await contacts.wouldMerge(shop, [one.id, two.id]);
  await contacts.merge(shop, [one.id, two.id], 3_000);
  await contacts.erase(shop, one.id, 4_000);
}

async function consentsOf({ contacts, consents }: Store, id: ContactId): Promise<void> {
  const word = (given: boolean, at: number) => ({ marketing: { email: { given, at } } });
  await contacts.change(shop, id, { consents: word(true, 1_000) }, 2_000);
  await contacts.change(shop, id, { consents: word(false, 2_000) }, 2_000);
  await contacts.recordOwed(shop, id);
  const { nextCursor: cursor } = await consents.ofContact(shop, [id, alias], { limit: 1 });
  await consents.ofContact(shop, [id, alias], { limit: 1, cursor });
  await consents.erase(shop, [id, alias]);
}

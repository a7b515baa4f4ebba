import type { ContactRef } from '../../../src/core/contacts/contact';
import { contactId, workspaceId } from '../../../src/core/ids';
import type { Contacts } from '../../../src/store/contacts/contacts';
import { openTestStore, type TestStore } from '../../support/store';
import { countedIds, idsOf } from '../builders';

describe('contacts', () => {
  let opened: TestStore;
  let contacts: Contacts;
  const newId = countedIds();
  let count = 0;
  let workspace = workspaceId('unset');
  const resolve = (ref: ContactRef, now = 1_000) =>
    contacts.resolve(workspace, ref, { newId, now });

  beforeAll(async () => {
    opened = await openTestStore();
    contacts = opened.store.contacts;
  });
  beforeEach(() => {
    workspace = workspaceId(`shop ${(count += 1)}`);
  });
  afterAll(() => opened.close());

  it.each<ContactRef>([
    { userId: 'u1' },
    { anonymousId: 'a1' },
    { externalIds: [{ type: 'shopify', id: '12' }] },
    { email: 'ada@example.com' },
    { phone: '+390000000' },
    { userId: 'u1', anonymousId: 'a1', email: 'ada@example.com' },
  ])('creates one contact when twenty callers name %j at once', async (ref) => {
    const callers = Array.from({ length: 20 }, () => resolve(ref));

    const found = await Promise.all(callers);

    expect(new Set(idsOf(found)).size).toBe(1);
    expect(await contacts.find(workspace, ref)).toEqual(found[0]);
  });

  it('keeps what a ref tells about a new contact', async () => {
    const ref = { userId: 'u1', anonymousId: 'a1', email: 'Ada@example.com', phone: '+39' };

    const { id, ...contact } = await resolve({ ...ref, externalIds: [{ type: 'woo', id: '7' }] });

    expect(contact).toEqual({
      userId: 'u1',
      anonymousIds: ['a1'],
      externalIds: [{ type: 'woo', id: '7' }],
      email: 'Ada@example.com',
      phone: '+39',
      traits: {},
      tags: [],
      consents: {},
      createdAt: 1_000,
      updatedAt: 1_000,
    });
    expect(await contacts.findById(workspace, id)).toEqual({ id, ...contact });
  });

  it('attaches an anonymous id that belongs to nobody', async () => {
    const user = await resolve({ userId: 'u1' });

    const joined = await resolve({ userId: 'u1', anonymousId: 'a1' }, 2_000);

    expect(joined).toMatchObject({ id: user.id, anonymousIds: ['a1'], updatedAt: 2_000 });
    expect(await resolve({ anonymousId: 'a1' })).toEqual(joined);
  });

  it('gives the contact of an anonymous visitor the user id she signs in with', async () => {
    const visitor = await resolve({ anonymousId: 'a1' });

    const user = await resolve({ userId: 'u1', anonymousId: 'a1' });

    expect(user).toMatchObject({ id: visitor.id, userId: 'u1' });
    expect((await resolve({ userId: 'u1' })).id).toBe(visitor.id);
  });

  it('keeps two users of one browser apart', async () => {
    const first = await resolve({ userId: 'u1', anonymousId: 'a1' });

    const second = await resolve({ userId: 'u2', anonymousId: 'a1' });

    expect(second.id).not.toBe(first.id);
    expect(second.anonymousIds).toEqual([]);
    expect((await resolve({ anonymousId: 'a1' })).id).toBe(first.id);
  });

  it('finds the oldest contact by e-mail, in any case, when nothing else says who it is', async () => {
    const oldest = await resolve({ userId: 'u1', email: 'ada@example.com' }, 1_000);
    await resolve({ userId: 'u2', email: 'ada@example.com' }, 2_000);

    const found = await resolve({ email: 'ADA@example.com' }, 3_000);

    expect(found.id).toBe(oldest.id);
  });

  it.each<ContactRef>([
    { userId: 'u2', email: 'ada@example.com' },
    { anonymousId: 'a2', email: 'ada@example.com' },
  ])('takes no e-mail for an identity in %j', async (ref) => {
    const known = await resolve({ userId: 'u1', email: 'ada@example.com' });

    const other = await resolve(ref);

    expect(other.id).not.toBe(known.id);
  });

  it('still finds a contact by the e-mail it was created with after that has changed', async () => {
    const { id } = await resolve({ email: 'old@example.com' });
    await contacts.change(workspace, id, { email: 'new@example.com' }, 2_000);

    const byOld = await resolve({ email: 'old@example.com' });
    const byNew = await resolve({ email: 'new@example.com' });

    expect(idsOf([byOld, byNew])).toEqual([id, id]);
  });

  it('learns an e-mail but never replaces one', async () => {
    await resolve({ userId: 'u1' });

    await resolve({ userId: 'u1', email: 'first@example.com' });
    const contact = await resolve({ userId: 'u1', email: 'second@example.com' });

    expect(contact.email).toBe('first@example.com');
  });

  it('finds by our own id and creates none for an unknown one', async () => {
    const { id } = await resolve({ userId: 'u1' });

    const found = await resolve({ id });
    const unknown = resolve({ id: 'c-unknown', userId: 'u1' });

    expect(found.id).toBe(id);
    await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
    await expect(unknown).rejects.toThrow('"c-unknown"');
  });

  it('refuses a ref that names nobody', async () => {
    const nobody = resolve({});

    await expect(nobody).rejects.toMatchObject({ code: 'invalid' });
  });

  it('does not find the contact of another workspace', async () => {
    const { id } = await resolve({ userId: 'u1', email: 'ada@example.com' });
    const rival = workspaceId('rival');

    const found = [
      await contacts.findById(rival, id),
      await contacts.find(rival, { id }),
      await contacts.find(rival, { userId: 'u1' }),
      await contacts.find(rival, { email: 'ada@example.com' }),
    ];
    const change = contacts.change(rival, id, { locale: 'it' }, 2_000);

    expect(found).toEqual([undefined, undefined, undefined, undefined]);
    await expect(change).rejects.toMatchObject({ code: 'not-found' });
  });

  describe('change', () => {
    it('merges traits by key and replaces the rest', async () => {
      const { id } = await resolve({ userId: 'u1' });
      const first = { traits: { plan: { name: 'free', seats: 1 }, age: 36 }, tags: ['new'] };
      await contacts.change(workspace, id, first, 2_000);

      const second = { traits: { plan: { name: 'pro' } }, tags: ['vip'], locale: 'it' };
      const contact = await contacts.change(workspace, id, second, 3_000);

      expect(contact).toMatchObject({ tags: ['vip'], locale: 'it', updatedAt: 3_000 });
      expect(contact.traits).toEqual({ plan: { name: 'pro' }, age: 36 });
    });

    it('loses no trait when twenty callers change one contact at once', async () => {
      const { id } = await resolve({ userId: 'u1' });
      const names = Array.from({ length: 20 }, (_, at) => `trait ${at}`);

      await Promise.all(
        names.map((name) => contacts.change(workspace, id, { traits: { [name]: 1 } }, 2_000)),
      );

      const contact = await contacts.findById(workspace, id);
      expect(Object.keys(contact?.traits ?? {}).toSorted()).toEqual(names.toSorted());
    });

    it('keeps the names of traits that are changed at once', async () => {
      const { id } = await resolve({ userId: 'u1' });
      const names = ['utm.source', '$price', 'plan'];

      await Promise.all(
        names.map((name) => contacts.change(workspace, id, { traits: { [name]: 1 } }, 2_000)),
      );

      const contact = await contacts.findById(workspace, id);
      expect(Object.keys(contact?.traits ?? {}).toSorted()).toEqual(names.toSorted());
    });

    it('keeps the newest consent for each purpose and channel', async () => {
      const { id } = await resolve({ userId: 'u1' });
      const refused = { marketing: { email: { given: false, at: 20 } } };
      const older = { marketing: { email: { given: true, at: 10 } } };
      const service = { service: { email: { given: true, at: 5 } } };

      await contacts.change(workspace, id, { consents: refused }, 2_000);
      await contacts.change(workspace, id, { consents: { ...older, ...service } }, 2_000);

      const contact = await contacts.findById(workspace, id);
      expect(contact?.consents).toEqual({ ...refused, ...service });
    });

    it('stores traits whatever their keys are called', async () => {
      const { id } = await resolve({ userId: 'u1' });
      const traits = { 'a.b': { $set: 1, constructor: 'x' }, $inc: [{}], empty: {}, list: [null] };

      await contacts.change(workspace, id, { traits }, 2_000);

      expect((await contacts.findById(workspace, id))?.traits).toEqual(traits);
    });
  });

  it('gives a new contact the id it is handed', async () => {
    const made = contactId('cmade');

    const contact = await contacts.resolve(
      workspace,
      { userId: 'u1' },
      { newId: () => made, now: 1_000 },
    );

    expect(contact.id).toBe(made);
  });
});

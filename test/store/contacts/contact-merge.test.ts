import mongoose from 'mongoose';
import type { ContactChange, ContactRef } from '../../../src/core/contacts/contact';
import { workspaceId, type ContactId } from '../../../src/core/ids';
import type { ContactRow } from '../../../src/store/contacts/contact-row';
import { contactCollection } from '../../../src/store/contacts/contact-collection';
import type { Contacts } from '../../../src/store/contacts/contacts';
import { createRows, type Rows } from '../../../src/store/mongo/rows';
import { realRetrying } from '../../../src/store/mongo/failures/try-again';
import { openTestStore, type TestStore } from '../../support/store';
import { orderedIds } from '../builders';

let opened: TestStore;
let contacts: Contacts;
let connection: mongoose.Connection;
let rows: Rows<ContactRow>;
let count = 0;
let workspace = workspaceId('unset');
const newId = orderedIds();

beforeAll(async () => {
  opened = await openTestStore({});
  contacts = opened.store.contacts;
  connection = await mongoose.createConnection(opened.uri).asPromise();
  rows = createRows<ContactRow>(connection, contactCollection, { retrying: realRetrying });
});
beforeEach(() => {
  workspace = workspaceId(`shop ${(count += 1)}`);
});
afterAll(async () => {
  await connection.close();
  await opened.close();
});

const resolve = (ref: ContactRef, now = 1_000) => contacts.resolve(workspace, ref, { newId, now });
const merge = (one: ContactId, other: ContactId) => contacts.merge(workspace, [one, other], 9_000);

async function contactWith(ref: ContactRef, change: ContactChange, now = 1_000) {
  const { id } = await resolve(ref, now);
  return contacts.change(workspace, id, change, now);
}

describe('a merge', () => {
  it('leaves what is stored under each id to be read', async () => {
    const kept = await contactWith({ userId: 'u1' }, { email: 'new@shop.test' }, 1_000);
    const merged = await contactWith({ email: 'Old@shop.test' }, { email: 'late@shop.test' });

    await merge(kept.id, merged.id);

    const survivor = await contacts.stored(workspace, kept.id);
    const before = await contacts.stored(workspace, merged.id);
    expect(survivor).toMatchObject({
      aliases: [merged.id],
      identities: ['user:u1'],
      emails: ['new@shop.test'],
    });
    expect(before).toMatchObject({
      identities: ['email:old@shop.test'],
      emails: ['late@shop.test', 'old@shop.test'],
    });
    await contacts.erase(workspace, kept.id, 9_500);
    expect(await contacts.stored(workspace, merged.id)).toBeUndefined();
    expect(await contacts.stored(workspaceId('another shop'), kept.id)).toBeUndefined();
  });

  it('lets a known contact survive an older anonymous one, and leads every id to it', async () => {
    const visitor = await resolve({ anonymousId: 'a1', email: 'old@shop.test' }, 1_000);
    const user = await resolve({ userId: 'u1', phone: '+39' }, 2_000);

    const merges = await merge(visitor.id, user.id);

    expect(merges).toEqual([{ survivor: user.id, merged: visitor.id }]);
    const found = await Promise.all([
      contacts.findById(workspace, visitor.id),
      contacts.find(workspace, { id: visitor.id }),
      contacts.find(workspace, { userId: 'u1' }),
      contacts.find(workspace, { anonymousId: 'a1' }),
      contacts.find(workspace, { email: 'old@shop.test' }),
      contacts.find(workspace, { phone: '+39' }),
    ]);
    expect(new Set(found.map((contact) => contact?.id))).toEqual(new Set([user.id]));
    expect(found[0]).toMatchObject({ aliases: [visitor.id], anonymousIds: ['a1'] });
  });

  it('lets the older of two users survive, however they are named', async () => {
    const older = await resolve({ userId: 'u1' }, 1_000);
    const younger = await resolve({ userId: 'u2' }, 2_000);

    await merge(younger.id, older.id);

    expect(await contacts.find(workspace, { userId: 'u2' })).toMatchObject({ id: older.id });
  });

  it('keeps the values of the survivor, fills what is missing and unites lists', async () => {
    const survivor = await contactWith(
      { userId: 'u1', email: 'kept@shop.test' },
      { locale: 'it', traits: { plan: { name: 'pro' } }, tags: ['vip'] },
    );
    const other = await contactWith(
      { anonymousId: 'a1', email: 'lost@shop.test', externalIds: [{ type: 'woo', id: '7' }] },
      {
        locale: 'en',
        timeZone: 'Europe/Rome',
        traits: { plan: { seats: 1 }, age: 36 },
        tags: ['new', 'vip'],
      },
    );

    await merge(survivor.id, other.id);

    expect(await contacts.findById(workspace, survivor.id)).toMatchObject({
      email: 'kept@shop.test',
      locale: 'it',
      timeZone: 'Europe/Rome',
      traits: { plan: { name: 'pro' }, age: 36 },
      tags: ['vip', 'new'],
      externalIds: [{ type: 'woo', id: '7' }],
    });
  });

  it.each([
    ['given', { given: true, at: 9 }, { given: false, at: 1 }, { given: false, at: 1 }],
    ['withdrawn', { given: false, at: 1 }, { given: true, at: 9 }, { given: false, at: 1 }],
    ['given before', { given: true, at: 1 }, { given: true, at: 9 }, { given: true, at: 9 }],
  ])('lets a withdrawn consent win where the survivor has %s it', async (_, own, given, left) => {
    const survivor = await contactWith(
      { userId: 'u1' },
      { consents: { marketing: { email: own }, service: { email: own } } },
    );
    const other = await contactWith(
      { anonymousId: 'a1' },
      { consents: { marketing: { email: given }, transactional: { email: given } } },
    );

    await merge(survivor.id, other.id);

    const merged = await contacts.findById(workspace, survivor.id);
    expect(merged?.consents).toEqual({
      marketing: { email: left },
      service: { email: own },
      transactional: { email: given },
    });
  });

  it('may be repeated, in either order, without changing anything', async () => {
    const one = await resolve({ userId: 'u1' });
    const other = await resolve({ userId: 'u2' });
    await merge(one.id, other.id);
    const before = await rows.all({ workspace });

    const again = [await merge(other.id, one.id), await merge(one.id, one.id)];

    expect(again).toEqual([[{ survivor: one.id, merged: other.id }], []]);
    expect(await rows.all({ workspace })).toEqual(before);
  });

  it('leads along a chain and closes no circle', async () => {
    const [a, b, c] = [
      await resolve({ userId: 'a' }, 3_000),
      await resolve({ userId: 'b' }, 2_000),
      await resolve({ userId: 'c' }, 1_000),
    ];
    await merge(a.id, b.id);
    await merge(b.id, c.id);

    await merge(c.id, a.id);

    expect(await contacts.find(workspace, { userId: 'a' })).toMatchObject({ id: c.id });
    expect(await contacts.person(workspace, a.id)).toEqual({
      ids: [c.id, b.id, a.id],
    });
  });

  it('is not made with an erased contact', async () => {
    const one = await resolve({ userId: 'u1' });
    const other = await resolve({ userId: 'u2' });
    await contacts.erase(workspace, other.id, 5_000);

    const merges = await merge(one.id, other.id);

    expect(merges).toEqual([]);
    expect(await contacts.findById(workspace, one.id)).not.toHaveProperty('aliases');
  });

  it('never means a contact whose survivor has another userId', async () => {
    const user = await resolve({ userId: 'u1' });
    const visitor = await resolve({ anonymousId: 'a1' });
    await merge(user.id, visitor.id);

    const stranger = await resolve({ userId: 'u2', anonymousId: 'a1' });

    expect(stranger.id).not.toBe(user.id);
  });
});

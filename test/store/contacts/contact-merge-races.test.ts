import fc from 'fast-check';
import mongoose from 'mongoose';
import type { ContactRef } from '../../../src/core/contacts/contact';
import { contactId, workspaceId, type ContactId, type WorkspaceId } from '../../../src/core/ids';
import { mergeRows as mergeWith } from '../../../src/store/contacts/contact-merge';
import type { ContactRow } from '../../../src/store/contacts/contact-row';
import { createContactWriter } from '../../../src/store/contacts/contact-writer';
import { contactCollection } from '../../../src/store/contacts/contact-collection';
import type { Contacts } from '../../../src/store/contacts/contacts';
import { createRows, type Rows } from '../../../src/store/mongo/rows';
import { realRetrying } from '../../../src/store/mongo/failures/try-again';
import { Crash, fuse, interrupted } from '../../support/interrupted';
import { openTestStore, type TestStore } from '../../support/store';
import { orderedIds } from '../builders';

type Merging = Parameters<typeof mergeWith>[2];

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
const mergeRows = (over: Rows<ContactRow>, ...rest: [WorkspaceId, Merging]) =>
  mergeWith({ ...over, write: createContactWriter(over) }, ...rest);
const merge = (one: ContactId, other: ContactId) => contacts.merge(workspace, [one, other], 9_000);

describe('a merge that is interrupted', () => {
  const stateOf = async (shop: string) =>
    (await rows.all({ workspace: workspaceId(shop) }, { order: { createdAt: 1 } })).map(
      ({ _id, workspace: _workspace, revision: _revision, ...row }) => JSON.stringify(row),
    );

  async function shopOfTwo(shop: string) {
    workspace = workspaceId(shop);
    const consents = { marketing: { email: { given: false, at: 1 } } };
    const own = { marketing: { email: { given: true, at: 2 } } };
    const id = (name: string) => () => contactId(`${shop}-${name}`);
    const one = await contacts.resolve(workspace, { userId: 'u1' }, { newId: id('one'), now: 1 });
    const other = await contacts.resolve(
      workspace,
      { anonymousId: 'a1', email: 'ada@shop.test' },
      { newId: id('other'), now: 2 },
    );
    await contacts.change(workspace, one.id, { consents: own, tags: ['a'] }, 1);
    await contacts.change(workspace, other.id, { consents, traits: { age: 36 } }, 2);
    return { pair: [one.id, other.id] as const, now: 9 };
  }

  it.each([1, 2])('after write %i comes to the same end when it is repeated', async (last) => {
    const whole = await shopOfTwo(`whole ${last}`);
    await mergeRows(rows, workspace, whole);
    const expected = await stateOf(`whole ${last}`);
    const broken = await shopOfTwo(`broken ${last}`);
    const dying = interrupted(rows, ['changed', 'change'], fuse(last));

    await expect(mergeRows(dying, workspace, broken)).rejects.toThrow(Crash);
    await mergeRows(rows, workspace, broken);

    const found = await stateOf(`broken ${last}`);
    expect(found.map((row) => row.replaceAll('broken', 'whole'))).toEqual(expected);
  });

  it('does not take back what the person has said since', async () => {
    const broken = await shopOfTwo('spoken again');
    const dying = interrupted(rows, ['changed'], fuse(1));
    await expect(mergeRows(dying, workspace, broken)).rejects.toThrow(Crash);
    const consents = { marketing: { email: { given: true, at: 20 } } };
    await contacts.change(workspace, broken.pair[0], { consents }, 20);

    await mergeRows(rows, workspace, broken);

    expect(await contacts.findById(workspace, broken.pair[0])).toMatchObject({ consents });
  });
});

describe('erasing in the middle of a merge', () => {
  const everything = async () => JSON.stringify(await rows.all({ workspace }));

  it('reaches what the survivor has taken in by then', async () => {
    const user = await resolve({ userId: 'u1' });
    const visitor = await resolve({ anonymousId: 'a1', email: 'ada@shop.test' });
    const pair = [user.id, visitor.id] as const;
    const dying = interrupted(rows, ['changed'], fuse(1));
    await expect(mergeRows(dying, workspace, { pair, now: 9 })).rejects.toThrow(Crash);

    const family = await contacts.erase(workspace, visitor.id, 10);

    expect(new Set(family?.ids)).toEqual(new Set(pair));
    expect(await everything()).not.toMatch('ada@shop.test');
  });

  it('reaches it by the second look where the survivor takes it in at that very moment', async () => {
    const user = await resolve({ userId: 'u1' });
    const visitor = await resolve({ anonymousId: 'a1', email: 'ada@shop.test' });
    let writes = 0;
    const slow: Rows<ContactRow> = {
      ...rows,
      changed: async (...args) => {
        writes += 1;
        if (writes === 2) await rows.change(...erasedFirst(visitor.id));
        return rows.changed(...args);
      },
    };
    await mergeRows(slow, workspace, { pair: [user.id, visitor.id], now: 9 });

    await contacts.erase(workspace, visitor.id, 10);

    expect(await everything()).not.toMatch('ada@shop.test');
    expect(await contacts.find(workspace, { userId: 'u1' })).toBeUndefined();
  });

  /** What an erasure writes that has read the contact before the survivor took it in. */
  function erasedFirst(_id: ContactId) {
    const change = {
      $set: { identities: [`erased:${_id}`], erasedAt: 9 },
      $unset: { email: 1, emailKey: 1 },
      $inc: { revision: 1 },
    } as const;
    return [{ workspace, _id }, change] as const;
  }
});

describe('merges that race each other', () => {
  it('take in what the merged contact says at the last moment', async () => {
    const user = await resolve({ userId: 'u1' });
    const visitor = await resolve({ anonymousId: 'a1' });
    const consents = { marketing: { email: { given: false, at: 7 } } };
    let writes = 0;
    const slow: Rows<ContactRow> = {
      ...rows,
      changed: async (...args) => {
        writes += 1;
        if (writes === 2) await contacts.change(workspace, visitor.id, { consents }, 7);
        return rows.changed(...args);
      },
    };

    await mergeRows(slow, workspace, { pair: [user.id, visitor.id], now: 9 });

    expect(await contacts.find(workspace, { anonymousId: 'a1' })).toMatchObject({
      id: user.id,
      consents,
    });
  });

  /** Contacts of one shop, numbered; true where one is known. */
  const people = fc.array(fc.boolean(), { minLength: 2, maxLength: 6 });
  const pairs = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 8 });

  it('come to the partition that the pairs say, with the best of each part as its survivor', async () => {
    await fc.assert(
      fc.asyncProperty(people, pairs, async (known, wanted) => {
        workspace = workspaceId(`race ${(count += 1)}`);
        const made = [];
        for (const [at, isKnown] of known.entries()) {
          made.push(await resolve(isKnown ? { userId: `u${at}` } : { anonymousId: `a${at}` }, at));
        }
        const ids = made.map(({ id }) => id);
        const within = wanted.map(([a, b]) => [a % known.length, b % known.length] as const);

        await Promise.all(
          within.map(([a, b]) => merge(ids[a] ?? contactId(''), ids[b] ?? contactId(''))),
        );

        const found = await Promise.all(ids.map((id) => contacts.findById(workspace, id)));
        const expected = survivorsOf(known, within).map((at) => ids[at]);
        expect(found.map((contact) => contact?.id)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

/** Of each contact the one it ends as: the first known one of its part, else the first. */
function survivorsOf(
  known: readonly boolean[],
  pairs: readonly (readonly [number, number])[],
): readonly number[] {
  const parts = pairs.reduce<readonly (readonly number[])[]>(
    (all, pair) => {
      const touched = all.filter((part) => part.some((at) => pair.includes(at)));
      return [...all.filter((part) => !touched.includes(part)), touched.flat()];
    },
    known.map((_, at) => [at]),
  );
  return known.map((_, at) => {
    const part = (parts.find((candidate) => candidate.includes(at)) ?? []).toSorted(
      (a, b) => a - b,
    );
    return part.find((other) => known[other]) ?? part[0] ?? at;
  });
}

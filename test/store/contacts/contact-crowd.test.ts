import { DomainError } from '../../../src/core/domain-error';
import type { JsonObject } from '../../../src/core/json/json';
import { workspaceId } from '../../../src/core/ids';
import type { Contacts } from '../../../src/store/contacts/contacts';
import { openTestStore, type TestStore } from '../../support/store';
import { orderedIds } from '../builders';

let opened: TestStore;
let contacts: Contacts;
const newId = orderedIds();
const workspace = workspaceId('shop');
const crowd = Array.from({ length: 200 }, (_, index) => `${index + 1}`);

beforeAll(async () => {
  opened = await openTestStore();
  contacts = opened.store.contacts;
});
afterAll(() => opened.close());

const resolve = (ref: Parameters<Contacts['resolve']>[1]) =>
  contacts.resolve(workspace, ref, { newId, now: 1_000 });

describe('a crowd at one contact', () => {
  it('fault 26: changes it 200 times at once, and each change stands', async () => {
    const { id } = await resolve({ userId: 'changed' });

    await Promise.all(
      crowd.map((name) => contacts.change(workspace, id, { traits: { [name]: name } }, 2_000)),
    );

    const { traits } = (await contacts.findById(workspace, id)) ?? {};
    expect(Object.keys(traits ?? {})).toHaveLength(crowd.length);
  });

  it('fault 26: joins it 200 times at once, each with a visitor of its own', async () => {
    const joined = await Promise.all(
      crowd.map((anonymousId) => resolve({ userId: 'joined', anonymousId })),
    );

    expect(new Set(joined.map(({ id }) => id)).size).toBe(1);
    const found = await contacts.find(workspace, { userId: 'joined' });
    expect(found?.anonymousIds.toSorted()).toEqual(crowd.toSorted());
  });

  it('fault 26: takes in 200 visitors at once, each known by an address of its own', async () => {
    const { id } = await resolve({ userId: 'taking in' });
    const visitors = await Promise.all(
      crowd.map((n) => resolve({ anonymousId: `v${n}`, email: `${n}@shop.test` })),
    );

    await Promise.all(
      visitors.map((visitor) => contacts.merge(workspace, [visitor.id, id], 2_000)),
    );

    const found = await Promise.all(
      crowd.map((n) => contacts.find(workspace, { anonymousId: `v${n}` })),
    );
    expect(new Set(found.map((contact) => contact?.id))).toEqual(new Set([id]));
    const survivor = await contacts.findById(workspace, id);
    expect(survivor?.aliases?.toSorted()).toEqual(visitors.map((visitor) => visitor.id).toSorted());
  });

  it('never makes two users one, however many claim a visitor at once', async () => {
    await resolve({ anonymousId: 'claimed' });

    const claimed = await Promise.all(
      crowd.map((userId) => resolve({ userId: `user ${userId}`, anonymousId: 'claimed' })),
    );

    expect(new Set(claimed.map(({ id }) => id)).size).toBe(crowd.length);
    expect(claimed.map(({ userId }) => userId)).toEqual(crowd.map((userId) => `user ${userId}`));
  });

  it('lets a change that cannot be stored fail alone', async () => {
    const { id } = await resolve({ userId: 'mixed' });
    const good = contacts.change(workspace, id, { traits: { a: 1 } }, 2_000);
    const unstorable = Object.defineProperty<JsonObject>({}, 'x', {
      enumerable: true,
      get: () => {
        throw new DomainError('invalid', 'It cannot be stored');
      },
    });
    const bad = contacts.change(workspace, id, { traits: { b: unstorable } }, 2_000);
    const more = contacts.change(workspace, id, { traits: { c: 3 } }, 2_000);

    const outcomes = await Promise.allSettled([good, bad, more]);

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await contacts.findById(workspace, id)).toMatchObject({ traits: { a: 1, c: 3 } });
  });
});

import type { StatedConsents } from '../../../src/core/contacts/contact';
import { workspaceId, type ContactId } from '../../../src/core/ids';
import { createStore, type Store } from '../../../src/store/store';
import { patient } from '../../support/patience';
import { sealing } from '../../support/sealing';
import { inCollection } from '../../support/stored';
import { openTestStore, type TestStore } from '../../support/store';
import { orderedIds } from '../builders';

let opened: TestStore;
let store: Store;
let count = 0;
let workspace = workspaceId('unset');
const newId = orderedIds();

beforeAll(async () => {
  opened = await openTestStore();
  store = opened.store;
});
beforeEach(() => {
  workspace = workspaceId(`shop ${(count += 1)}`);
});
afterAll(() => opened.close());

const anybody = async (userId: string) =>
  (await store.contacts.resolve(workspace, { userId }, { newId, now: 1 })).id;
const email = (given: boolean, at: number): StatedConsents => ({
  marketing: { email: { given, at } },
});
const state = (id: ContactId, consents: StatedConsents, now: number) =>
  store.contacts.change(workspace, id, { consents }, now);

async function linesOf(...ids: readonly ContactId[]) {
  const { data } = await store.consents.ofContact(workspace, ids, { limit: 200 });
  return data.map(({ given, at, recordedAt, source }) => ({ given, at, recordedAt, source }));
}

/** The ledger as it is where a crash came right before its lines. */
const loseLines = (kept = 0) =>
  inCollection(opened.uri, 'consents', async (lines) => {
    const found = await lines.find({ workspace }).sort({ _id: 1 }).skip(kept).toArray();
    await lines.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
  });

describe('the consent ledger', () => {
  it('has a line for each change, latest first, and none for a repeat', async () => {
    const ada = await anybody('ada');

    await state(ada, email(true, 10), 20);
    await state(ada, email(true, 10), 30);
    await state(ada, email(false, 40), 40);
    await state(ada, email(true, 15), 50);

    expect(await linesOf(ada)).toEqual([
      { given: false, at: 40, recordedAt: 40, source: 'api' },
      { given: true, at: 10, recordedAt: 20, source: 'api' },
    ]);
  });

  it('keeps its order among changes of one instant', async () => {
    const ada = await anybody('ada');

    for (const n of Array.from({ length: 12 }, (_none, index) => index)) {
      await state(ada, email(n % 2 === 0, 7), 7);
    }

    const lines = await linesOf(ada);
    expect(lines.map(({ given }) => given)).toEqual(
      Array.from({ length: 12 }, (_none, index) => index % 2 === 1),
    );
  });

  it('gets a line that a crash kept from it by the next change', async () => {
    const ada = await anybody('ada');
    await state(ada, email(true, 10), 10);
    await loseLines();

    await state(ada, email(false, 20), 20);

    expect((await linesOf(ada)).map(({ at }) => at)).toEqual([20, 10]);
  });

  it('gets it by whoever asks for it, once', async () => {
    const ada = await anybody('ada');
    await state(ada, email(true, 10), 10);
    await state(ada, email(false, 20), 20);
    await loseLines(1);

    await store.contacts.recordOwed(workspace, ada);
    await store.contacts.recordOwed(workspace, ada);

    expect((await linesOf(ada)).map(({ at }) => at)).toEqual([20, 10]);
  });

  it('agrees with the contact after many changes at once', async () => {
    const ada = await anybody('ada');
    const words = Array.from({ length: 40 }, (_none, n) => email(n % 3 !== 0, 100 + n));
    const other = createStore({ uri: opened.uri, sealing }, patient);
    await other.connect();

    await Promise.all(
      words.map((consents, n) =>
        (n % 2 ? store : other).contacts.change(workspace, ada, { consents }, 1_000 + n),
      ),
    );

    await other.close();
    const contact = await store.contacts.findById(workspace, ada);
    const { data } = await store.consents.ofContact(workspace, ada, { limit: 200 });
    const newest = data.toSorted((one, two) => two.at - one.at)[0];
    expect(contact?.consents.marketing?.email).toEqual({ given: newest?.given, at: newest?.at });
    expect(newest).toMatchObject({ at: 139 });
    expect(new Set(data.map(({ id }) => id)).size).toBe(data.length);
    const numbers = data.map(({ id }) => Number(id.split('/')[1])).toSorted((a, b) => a - b);
    expect(numbers).toEqual(data.map((_line, index) => index + 1));
  });

  it('is read under every id after a merge, which has a line where it changes a word', async () => {
    const [ada, bea] = [await anybody('ada'), await anybody('bea')];
    await state(ada, email(true, 20), 20);
    await state(bea, email(false, 10), 30);
    await loseLines();

    await store.contacts.merge(workspace, [ada, bea], 40);
    await store.contacts.merge(workspace, [ada, bea], 50);
    await store.contacts.recordOwed(workspace, bea);

    expect(await linesOf(ada, bea)).toEqual([
      { given: false, at: 10, recordedAt: 40, source: 'merge' },
      { given: false, at: 10, recordedAt: 30, source: 'api' },
      { given: true, at: 20, recordedAt: 20, source: 'api' },
    ]);
  });

  it('loses its evidence when the contact is erased, and no line', async () => {
    const ada = await anybody('ada');
    const word = { given: true, at: 10, textVersion: '3', evidence: { form: 'canary' } };
    await state(ada, { marketing: { email: word } }, 10);

    await store.contacts.erase(workspace, ada, 20);
    await store.consents.erase(workspace, [ada]);
    await store.contacts.recordOwed(workspace, ada);

    const { data } = await store.consents.ofContact(workspace, ada, { limit: 10 });
    expect(data).toMatchObject([{ given: true, textVersion: '3' }]);
    expect(JSON.stringify(data)).not.toContain('canary');
  });

  it('shares no line with another workspace', async () => {
    const ada = await anybody('ada');
    await state(ada, email(true, 10), 10);

    const { data } = await store.consents.ofContact(workspaceId('other'), ada, { limit: 10 });

    expect(data).toEqual([]);
  });
});

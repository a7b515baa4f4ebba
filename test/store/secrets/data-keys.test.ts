import { createKeyRing, type NamedKey } from '../../../src/process/secrets/key-ring';
import { createSealing } from '../../../src/process/secrets/sealing';
import { createStore, type Store } from '../../../src/store/store';
import { openTestStore, type TestStore } from '../../support/store';
import { inCollection } from '../../support/stored';

const old: NamedKey = { id: 'old', bytes: Buffer.alloc(32, 1) };
const fresh: NamedKey = { id: 'new', bytes: Buffer.alloc(32, 2) };

const names = ['ada', 'bea', 'cleo'];

describe('the keys of a database', () => {
  let opened: TestStore;
  const stores: Store[] = [];

  beforeEach(async () => {
    opened = await openTestStore();
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await opened.close();
  });

  /** Another process on the same database, with these keys. */
  async function storeWith(...keys: readonly [NamedKey, ...NamedKey[]]): Promise<Store> {
    const store = createStore({ uri: opened.uri, sealing: createSealing(createKeyRing(keys)) });
    stores.push(store);
    await store.connect();
    return store;
  }

  const sealed = () =>
    inCollection(opened.uri, 'datakeys', async (documents) =>
      String((await documents.findOne({ _id: 'ada' }))?.['sealed']),
    );

  it('are made once, whoever asks', async () => {
    const { dataKeys } = opened.store;

    const made = await Promise.all(Array.from({ length: 10 }, () => dataKeys.ensure('ada')));

    expect(new Set(made.map(({ bytes }) => bytes.toString('hex'))).size).toBe(1);
    expect(await dataKeys.find('ada')).toEqual(made[0]);
  });

  it('are sealed, and open under the ring alone', async () => {
    const { dataKeys } = await storeWith(old);
    const { bytes } = await dataKeys.ensure('ada');
    const others = await storeWith({ ...fresh, id: 'old' });

    expect(await sealed()).not.toContain(bytes.toString('base64url'));
    await expect(others.dataKeys.find('ada')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('encrypted under another key') as unknown,
    });
  });

  it('are sealed anew after a rotation, in portions', async () => {
    const before = await storeWith(old);
    const made = await Promise.all(names.map((name) => before.dataKeys.ensure(name)));
    const rotated = await storeWith(fresh, old);

    const found = [await rotated.dataKeys.reseal(2), await rotated.dataKeys.reseal(2)];

    const { dataKeys } = await storeWith(fresh);
    expect(found).toEqual([2, 1]);
    expect(await Promise.all(names.map((name) => dataKeys.find(name)))).toEqual(made);
    expect(await rotated.dataKeys.reseal(2)).toBe(0);
  });

  it('do not open under the name of another', async () => {
    const { dataKeys } = await storeWith(old);
    await dataKeys.ensure('ada');
    const text = await sealed();
    await inCollection(opened.uri, 'datakeys', (documents) =>
      documents.insertOne({ _id: 'bea', key: 'k', sealed: text }),
    );

    await expect(dataKeys.find('bea')).rejects.toThrow(
      '"bea" cannot be opened. It has been changed',
    );
  });

  it('are gone when they are removed, and others are made', async () => {
    const { dataKeys } = opened.store;
    const before = await dataKeys.ensure('ada');

    await dataKeys.remove(['ada', 'nobody']);

    expect(await dataKeys.find('ada')).toBeUndefined();
    expect((await dataKeys.ensure('ada')).id).not.toBe(before.id);
  });
});

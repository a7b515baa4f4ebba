import { contactId, eventKey } from '../../../src/core/ids';
import { createKeyRing } from '../../../src/process/secrets/key-ring';
import { createSealing } from '../../../src/process/secrets/sealing';
import { encryption } from '../../support/sealing';
import { ada, anEvent, cartEnrollment, shop } from '../builders';
import {
  canary,
  command,
  due,
  email,
  event,
  everyWay,
  facts,
  findAll,
  phone,
  readAll,
  seed,
  startDisk,
  type Disk,
} from './seeds';

describe('with a key ring, what is personal in the store', () => {
  let disk: Disk;

  beforeEach(async () => {
    disk = await startDisk();
  });
  afterEach(() => disk.close());

  /** The documents without the keys of contacts, as a backup may hold them. */
  async function copyDocuments() {
    const collections = await disk.database.collections();
    return Promise.all(
      collections
        .filter(({ collectionName }) => collectionName !== 'datakeys')
        .map(async (collection) => [collection, await collection.find().toArray()] as const),
    );
  }

  it('is in no file, and is read as it would be without a ring', async () => {
    const plain = await startDisk();
    const withoutRing = await plain.open({});
    const store = await disk.open({ encryption });

    await seed(withoutRing);
    await seed(store);

    const expected = await readAll(withoutRing).finally(plain.close);
    expect(await readAll(store)).toEqual(expected);
    expect(JSON.stringify(expected)).toContain(canary);
    expect(disk.isOnDisk(String(cartEnrollment))).toBe(true);
    expect(disk.isOnDisk(canary)).toBe(false);
  });

  it('would be in one without a ring', async () => {
    await seed(await disk.open({}));

    expect(disk.isOnDisk(canary)).toBe(true);
  });

  it('is found in every way', async () => {
    const store = await disk.open({ encryption });
    await seed(store);

    expect(await findAll(store)).toEqual(everyWay);
  });

  it('is read and found where it was written before the ring', async () => {
    const before = await disk.open({});
    await seed(before);
    const expected = await readAll(before);

    const store = await disk.open({ encryption });

    expect(await readAll(store)).toEqual(expected);
    expect(await findAll(store)).toEqual(everyWay);
  });

  it('is encrypted by the next change of a contact from before the ring', async () => {
    await seed(await disk.open({}));
    const store = await disk.open({ encryption });

    const changed = await store.contacts.change(shop, ada, { timeZone: 'Europe/Rome' }, 2_000);

    const [stored] = await disk.database.collection('contacts').find().toArray();
    expect(changed).toMatchObject({ traits: facts, email, phone, tags: [canary] });
    expect(JSON.stringify(stored)).not.toContain(canary);
  });

  it('is read after the ring was rotated', async () => {
    const old = { id: 'old', bytes: Buffer.alloc(32, 1) };
    const fresh = { id: 'fresh', bytes: Buffer.alloc(32, 2) };
    const first = await disk.open({ encryption, sealing: createSealing(createKeyRing([old])) });
    await seed(first);
    const both = createSealing(createKeyRing([fresh, old]));
    await (await disk.open({ encryption, sealing: both })).dataKeys.reseal(100);

    const last = createSealing(createKeyRing([fresh]));
    const rotated = await disk.open({ encryption, sealing: last });

    expect(await findAll(rotated)).toEqual(everyWay);
  });

  it('is read by no copy once the key of its contact is gone', async () => {
    const store = await disk.open({ encryption });
    await seed(store);
    const copy = await copyDocuments();
    await store.events.erase(shop, [ada]);
    await store.dataKeys.remove([ada]);

    for (const [collection, documents] of copy) {
      await collection.deleteMany({});
      if (documents.length > 0) await collection.insertMany(documents);
    }

    const { rejections: _kept, ...read } = await readAll(store);
    expect(JSON.stringify(read)).not.toContain(canary);
    expect(read.contact).toBeUndefined();
    expect(read.event?.properties).toEqual({});
  });

  it('is written under a new key by whoever noticed no removal', async () => {
    const store = await disk.open({ encryption });
    const other = await disk.open({ encryption });
    await seed(store);
    await other.dataKeys.remove([ada]);

    await store.events.insert({ ...event, key: eventKey('late') }, due);

    expect((await other.events.findByKey(shop, eventKey('late')))?.properties).toEqual({});
    expect((await store.events.findByKey(shop, eventKey('late')))?.properties).toEqual(facts);
  });

  it('asks a process without a ring for it', async () => {
    await seed(await disk.open({ encryption }));
    const withoutRing = await disk.open({});

    await expect(withoutRing.contacts.findById(shop, ada)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Rows of contacts are encrypted; set ITINERA_KEY_RING',
    });
  });

  it('belongs to its place: moved to another row it is not read', async () => {
    const store = await disk.open({ encryption });
    await seed(store);
    const events = disk.database.collection<{ _id: string; sealed: unknown }>('events');
    const moved = await events.findOne({ _id: event.key });
    await events.updateOne({ _id: command.key }, { $set: { sealed: moved?.sealed } });

    await expect(store.events.findByKey(shop, command.key)).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('costs a new contact one write, and a known one none', async () => {
    const store = await disk.open({ encryption });
    const keys = disk.database.collection('datakeys');
    await seed(store);
    const before = await keys.countDocuments();

    const bea = { newId: () => contactId('cbea'), now: 1_000 };
    await store.contacts.resolve(shop, { userId: 'bea' }, bea);
    await store.events.insert(anEvent('one', { contact: contactId('cbea') }), due);

    expect(await keys.countDocuments()).toBe(before + 1);
  });
});

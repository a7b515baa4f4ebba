import { mostIds } from '../../../src/core/contacts/room-for-ids';
import { contactId } from '../../../src/core/ids';
import { identify } from '../../../src/operations/contacts/merge-contacts';
import { noon, testIntake, type TestIntake } from '../../support/intake';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;
let shop: TestIntake;
let count = 0;
const newContactId = () => contactId(`kiosk ${(count += 1)}`);

beforeAll(async () => {
  opened = await openTestStore();
  shop = testIntake(opened.store);
  const visitors = Array.from({ length: mostIds }, (_, index) => `visitor ${index + 1}`);
  await Promise.all(
    visitors.map((anonymousId) =>
      opened.store.contacts.resolve(
        shop.workspace.id,
        { userId: 'kiosk', anonymousId },
        { newId: newContactId, now: noon },
      ),
    ),
  );
});
afterAll(async () => {
  await shop.intake.drain();
  await opened.close();
});

const find = (ref: { userId: string } | { anonymousId: string }) =>
  opened.store.contacts.find(shop.workspace.id, ref);
const refusals = () => opened.store.decisions.refusals(shop.workspace.id, { limit: 10 });

describe('a contact with 500 visitors', () => {
  it('fault 26: has no room for another, and the refusals say so once', async () => {
    for (const anonymousId of ['one more', 'yet one']) {
      await shop.receive({
        name: 'Seen',
        contact: { userId: 'kiosk', anonymousId },
        properties: {},
      });
    }

    const kiosk = await find({ userId: 'kiosk' });
    expect(kiosk?.anonymousIds).toHaveLength(mostIds);
    expect((await refusals()).data).toMatchObject([
      { because: 'too-many-ids', contact: kiosk?.id },
    ]);
    expect(await find({ anonymousId: 'one more' })).toBeUndefined();
  });

  it('fault 26: takes in no visitor who was seen before', async () => {
    const anonymousId = 'seen before';
    await shop.receive({ name: 'Seen', contact: { anonymousId }, properties: {} });
    const { store } = opened;
    const nobody = { addressOf: () => undefined };
    const channels = { email: nobody, sms: nobody, whatsapp: nobody };
    const rights = { writesContacts: false };
    const dependencies = { store, channels, rights, intake: shop.intake, now: noon, newContactId };

    await identify(dependencies, shop.workspace.id, {
      contact: { userId: 'kiosk', anonymousId },
      change: {},
    });

    const [kiosk, visitor] = [await find({ userId: 'kiosk' }), await find({ anonymousId })];
    expect(kiosk?.anonymousIds).toHaveLength(mostIds);
    expect(visitor?.id).not.toBe(kiosk?.id);
  });
});

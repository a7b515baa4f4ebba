import { mongo } from 'mongoose';
import { contactId, messageId, stepId } from '../../src/core/ids';
import type { Asking, Recipients } from '../../src/store/messages/recipients';
import { openTestStore, type TestStore } from '../support/store';
import { ada, cartRecovery, rival, shop } from './builders';

const recipient = {
  journey: cartRecovery,
  key: 'cart1',
  step: stepId('remind'),
  channel: 'email',
  address: 'ada@shop.test',
} as const;
const asking: Asking = {
  contacts: [ada],
  message: messageId('m1'),
  at: 1_000,
  since: 900,
  until: Date.UTC(2100, 0, 1),
};
const other: Asking = { ...asking, contacts: [contactId('other')], message: messageId('m2') };
const taken = { kind: 'taken' };

describe('recipients', () => {
  let opened: TestStore;
  let recipients: Recipients;

  beforeEach(async () => {
    opened = await openTestStore();
    ({ recipients } = opened.store);
  });
  afterEach(() => opened.close());

  it('R54: give an address to one of ten contacts that ask at once', async () => {
    const contacts = Array.from({ length: 10 }, (_, n) => contactId(`c${n}`));

    const answers = await Promise.all(
      contacts.map((contact) =>
        recipients.take(shop, recipient, { ...asking, contacts: [contact] }),
      ),
    );

    expect(answers.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
  });

  it('R54: give it again to the same contact, and name the message that has it', async () => {
    await recipients.take(shop, recipient, asking);

    const repeated = await recipients.take(shop, recipient, asking);
    const again = await recipients.take(shop, recipient, { ...asking, message: messageId('m9') });
    const inCapitals = { ...recipient, address: 'ADA@shop.test' };
    const refused = await recipients.take(shop, inCapitals, other);

    expect([repeated, again, refused]).toEqual([taken, taken, { kind: 'held', by: 'm9' }]);
  });

  it('R54: give it instead of the message that has it, and of no other', async () => {
    await recipients.take(shop, recipient, asking);

    const missed = { ...other, insteadOf: messageId('m9') };
    const found = { ...other, insteadOf: messageId('m1') };
    const answers = [
      await recipients.take(shop, recipient, missed),
      await recipients.take(shop, recipient, found),
    ];

    expect(answers).toEqual([{ kind: 'held', by: 'm1' }, taken]);
  });

  it('R54: hold each workspace, key and step apart', async () => {
    await recipients.take(shop, recipient, asking);

    const answers = [
      await recipients.take(rival, recipient, other),
      await recipients.take(shop, { ...recipient, key: 'cart2' }, other),
      await recipients.take(shop, { ...recipient, step: stepId('again') }, other),
    ];

    expect(answers).toEqual([taken, taken, taken]);
  });

  it('R54: keep no address in clear', async () => {
    await recipients.take(shop, recipient, asking);

    const client = await mongo.MongoClient.connect(opened.uri);
    const rows = await client.db().collection('recipients').find().toArray();
    await client.close();

    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('shop.test');
  });
});

import { noon } from '../../support/intake';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

describe('a message', () => {
  it.each(['marketing', 'service'] as const)(
    'fault 2: carries a link, in header and body, that withdraws its own purpose: %s',
    async (purpose) => {
      const sending = await standOnSend(opened.store, { purpose });
      await sending.change({ consents: { [purpose]: { email: { given: true, at: noon } } } });

      await sending.send();

      const url = `http://127.0.0.1/u/${purpose}-email`;
      expect(sending.delivered).toMatchObject([{ unsubscribe: { url }, text: url }]);
    },
  );

  it('fault 2: carries no such link where its purpose cannot be withdrawn', async () => {
    const sending = await standOnSend(opened.store, { purpose: 'transactional' });

    await sending.send();

    expect(sending.delivered).toMatchObject([{ text: '' }]);
    expect(sending.delivered[0]).not.toHaveProperty('unsubscribe');
  });
});

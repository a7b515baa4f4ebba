import { noon } from '../../support/intake';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const word = { given: true, at: noon, basis: 'soft-opt-in' } as const;

async function sendTo(softOptIn: boolean) {
  const sending = await standOnSend(opened.store, { purpose: 'marketing' });
  await opened.store.workspaces.put({ ...sending.shop.workspace, softOptIn });
  await sending.change({ consents: { marketing: { email: word } } });
  return sending;
}

describe('marketing to a customer who has not objected', () => {
  it('goes out where the workspace allows it, with the link to refuse it', async () => {
    const sending = await sendTo(true);

    await sending.send();

    expect(sending.delivered).toMatchObject([
      { to: 'ada@shop.test', unsubscribe: { url: expect.stringContaining('/u/') as unknown } },
    ]);
  });

  it('is skipped where the workspace does not', async () => {
    const sending = await sendTo(false);

    await sending.send();

    expect(await sending.message()).toMatchObject({ status: 'skipped', because: 'no-consent' });
  });

  it('is skipped once the customer has objected, whatever the shop states then', async () => {
    const sending = await sendTo(true);
    await sending.change({ consents: { marketing: { email: { given: false, at: noon } } } });
    await sending.change({ consents: { marketing: { email: word } } });

    await sending.send();

    expect(await sending.message()).toMatchObject({ because: 'refused-consent' });
  });
});

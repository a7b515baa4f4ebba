import type { ContactChange } from '../../../src/core/contacts/contact';
import type { ProviderRefusal } from '../../../src/core/decisions/reasons';
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

const consenting: ContactChange = {
  consents: { marketing: { email: { given: true, at: noon } } },
};
const email = { channel: 'email', address: 'ADA@shop.test' } as const;
const unsubscribed = { ...email, because: 'unsubscribed', purpose: 'marketing', at: noon } as const;

describe('fault 11: an address that was unsubscribed', () => {
  it('holds back the message of any contact that has it', async () => {
    const sending = await standOnSend(opened.store, { purpose: 'marketing' });
    await sending.change(consenting);
    await opened.store.suppressions.suppress(sending.shop.workspace.id, unsubscribed);

    await sending.send();

    expect(sending.delivered).toEqual([]);
    expect(await sending.message()).toMatchObject({ status: 'skipped', because: 'unsubscribed' });
  });

  it('lets a message of another purpose through', async () => {
    const sending = await standOnSend(opened.store, { purpose: 'service' });
    await opened.store.suppressions.suppress(sending.shop.workspace.id, unsubscribed);

    await sending.send();

    expect(sending.delivered).toHaveLength(1);
  });
});

describe('fault 11: an address that the provider refuses', () => {
  const refuse = async (because: ProviderRefusal) => {
    const sending = await standOnSend(opened.store);
    const detail = 'no such user';
    sending.provider.deliver = () => Promise.resolve({ kind: 'refused', because, detail });
    await sending.send();
    const { id } = sending.shop.workspace;
    return opened.store.suppressions.ofAddress(id, 'email', 'ada@shop.test');
  };

  it('is suppressed', async () => {
    expect(await refuse('address-refused')).toMatchObject([{ because: 'bounced' }]);
  });

  it.each(['content-refused', 'provider-refused'] as const)(
    'is not suppressed where it is not the address that is refused: %s',
    async (because) => {
      expect(await refuse(because)).toEqual([]);
    },
  );
});

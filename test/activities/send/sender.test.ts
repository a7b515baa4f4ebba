import { standOnSend, type Sending } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const skipped = { status: 'skipped', because: 'sender-unconfirmed' };
const domain = 'shop.test';

/** Ada stands on a send of a workspace whose sender is `shop@shop.test`; nobody vouches for it. */
async function standUntrusted(): Promise<Sending> {
  const sending = await standOnSend(opened.store, { purpose: 'transactional' });
  sending.trust([]);
  return sending;
}

describe('attack 14: a sender that the workspace has not confirmed', () => {
  it('sends nothing, not even what is transactional', async () => {
    const sending = await standUntrusted();

    const outcome = await sending.send();

    expect(sending.delivered).toEqual([]);
    expect(await sending.message()).toMatchObject(skipped);
    expect(outcome).toMatchObject({ kind: 'handled' });
  });

  it('sends nothing by the confirmation of another workspace', async () => {
    const sending = await standUntrusted();
    const other = (await standUntrusted()).shop.workspace.id;
    await opened.store.senders.add(other, { domain, token: 't', createdAt: 1 });
    await opened.store.senders.confirm(other, domain, 2);

    await sending.send();

    expect(await sending.message()).toMatchObject(skipped);
  });

  it.each([['shop.test'], ['test']])('sends once %s is confirmed', async (confirmed) => {
    const sending = await standUntrusted();
    const { id } = sending.shop.workspace;
    await opened.store.senders.add(id, { domain: confirmed, token: 't', createdAt: 1 });
    await opened.store.senders.confirm(id, confirmed, 2);

    await sending.send();

    expect(sending.delivered).toHaveLength(1);
  });

  it.each([['withdraw'], ['remove']] as const)(
    'sends nothing after the confirmation has gone: %s',
    async (verb) => {
      const sending = await standUntrusted();
      const { id } = sending.shop.workspace;
      await opened.store.senders.add(id, { domain, token: 't', createdAt: 1 });
      await opened.store.senders.confirm(id, domain, 2);
      await opened.store.senders[verb](id, domain);

      await sending.send();

      expect(sending.delivered).toEqual([]);
      expect(await sending.message()).toMatchObject(skipped);
    },
  );
});

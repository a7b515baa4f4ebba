import type { ContactId } from '../../../src/core/ids';
import { noon } from '../../support/intake';
import { standOnSend, type Sending } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;
let sending: Sending;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});
beforeEach(async () => {
  sending = await standOnSend(opened.store);
});

/** Another contact of the same person, not merged yet. */
async function another(ref: Readonly<{ userId?: string; anonymousId?: string }>, now = noon) {
  const { workspace, dependencies } = sending.shop;
  const { newContactId: newId } = dependencies;
  return (await opened.store.contacts.resolve(workspace.id, ref, { newId, now })).id;
}

async function contactOfRow(): Promise<ContactId> {
  const [enrollment] = await sending.shop.enrollments();
  if (!enrollment) throw new Error('nobody entered');
  return enrollment.contact;
}

/** In the store only: what intake would make of it has not been settled yet. */
async function merge(other: ContactId): Promise<void> {
  const { workspace } = sending.shop;
  await opened.store.contacts.merge(workspace.id, [await contactOfRow(), other], noon);
}

describe('the send of a merged contact', () => {
  it('goes to the address of the survivor', async () => {
    const older = await another({ userId: 'older' }, 0);
    const { workspace } = sending.shop;
    await opened.store.contacts.change(workspace.id, older, { email: 'now@shop.test' }, noon);
    await merge(older);

    await sending.send();

    expect(sending.delivered).toMatchObject([{ to: 'now@shop.test' }]);
  });

  it('is held back by what was bought under the other id', async () => {
    const visitor = await another({ anonymousId: 'visitor' });
    await sending.shop.receive({
      name: 'Order Completed',
      contact: { anonymousId: 'visitor' },
      occurredAt: noon + 1,
    });
    await merge(visitor);

    const outcome = await sending.send();

    expect(outcome).toMatchObject({ ended: { as: 'converted' } });
    expect(sending.delivered).toEqual([]);
  });

  it('is held back by a consent that was withdrawn under the other id', async () => {
    const visitor = await another({ anonymousId: 'refusing' });
    const consents = { service: { email: { given: false, at: noon } } };
    await opened.store.contacts.change(sending.shop.workspace.id, visitor, { consents }, noon);
    await merge(visitor);

    await sending.send();

    expect(await sending.message()).toMatchObject({
      status: 'skipped',
      because: 'refused-consent',
    });
  });

  it('is skipped once the contact is erased', async () => {
    const { workspace } = sending.shop;
    await opened.store.contacts.erase(workspace.id, await contactOfRow(), noon);

    await sending.send();

    expect(sending.delivered).toEqual([]);
    expect(await sending.message()).toMatchObject({
      status: 'skipped',
      because: 'contact-erased',
    });
  });
});

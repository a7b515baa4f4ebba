import { contactId, messageId } from '../../../src/core/ids';
import { defaultWorkspace } from '../../../src/api/prepare-store';
import { aClaim } from '../../store/builders';
import { everythingIn } from '../../support/everything';
import { encryption } from '../../support/sealing';
import type { TestStoreSettings } from '../../support/store';
import { openTestApi, type TestApi } from '../test-api';

const canary = 'canary';
const address = `${canary}@shop.test`;
const { id: workspace } = defaultWorkspace;
let api: TestApi;

beforeAll(() => openShop({}));

async function openShop(settings: TestStoreSettings): Promise<void> {
  api = await openTestApi({}, settings);
  await api.admin.put('/v1/journeys/j').send({
    name: 'J',
    stage: 'decision',
    entry: { events: ['Cart Updated'], key: ['properties.cart_id'] },
    steps: [{ id: 'w', kind: 'wait', for: 'PT1H' }],
  });
}

afterAll(() => api.close());

async function start(key: string): Promise<Readonly<{ id: string; contactId: string }>> {
  const answer = await api.admin
    .post('/v1/journeys/j/enrollments')
    .set('Idempotency-Key', `${canary} starts ${key}`)
    .send({ contact: { userId: 'ada' }, key, data: { note: canary } });
  return answer.body as { id: string; contactId: string };
}

function exit(enrollment: string) {
  return api.admin
    .post(`/v1/enrollments/${enrollment}/exit`)
    .set('Idempotency-Key', `${canary} exits`)
    .send({ reason: `${canary} has called` });
}

/** A line of the ledger, with its provider's words. */
async function leaveWords(contact: string): Promise<void> {
  const { messages } = api.store;
  const claim = { ...aClaim(1), contact: contactId(contact), workspace };
  const words = `550 <${address}> is unknown here`;
  await messages.claim(claim);
  await messages.putOff(workspace, messageId(claim.id), {
    status: 'claimed',
    attempts: 1,
    nextAttemptAt: 5_000,
    trouble: { kind: 'unreachable', text: words, at: 2_000 },
  });
  const settlement = { status: 'failed', because: 'refused', answer: words, at: 3_000 } as const;
  await messages.settle(workspace, messageId(claim.id), settlement as never);
}

async function plant(): Promise<string> {
  await api.admin.put('/v1/contacts/ada').send({
    email: address,
    phone: `+39 ${canary}`,
    traits: { name: canary, [canary]: 1 },
    tags: [canary],
    consents: {
      marketing: { email: { given: true, textVersion: '3', evidence: { form: canary } } },
    },
  });
  await api.admin.post('/v1/events').send({
    id: `${canary} adds to a cart`,
    name: 'Cart Updated',
    contact: { userId: 'ada', anonymousId: canary },
    properties: { cart_id: canary },
    source: 'shop',
  });
  await api.admin.post('/v1/track').send({ userId: 'ada', event: 7, [canary]: canary });
  const { id, contactId } = await start(`cart of ${canary}`);
  await exit(id);
  await leaveWords(contactId);
  await api.deps.intake.drain();
  return contactId;
}

describe('the erasure of a contact', () => {
  it('leaves nothing of it in any collection, nor in stored answers or the ledger', async () => {
    const contact = await plant();
    const before = await everythingIn(api.uri, workspace);

    await api.admin.delete(`/v1/contacts/${contact}`).expect(202);
    await api.deps.intake.drain();

    expect(before.split(canary).length).toBeGreaterThan(15);
    expect(placesIn(await everythingIn(api.uri, workspace))).toEqual([]);
  });

  it('leaves a repeat of a start what it was, without its key', async () => {
    const first = await start('another cart');
    await api.admin.delete(`/v1/contacts/${first.contactId}`).expect(202);
    await api.deps.intake.drain();

    const repeat = await start('another cart');

    expect(repeat).toMatchObject({ id: first.id, ended: { as: 'erased' } });
    expect(repeat).not.toHaveProperty('key', 'another cart');
  });
});

/** The surroundings of each canary that is left. */
function placesIn(text: string): readonly string[] {
  return [...text.matchAll(new RegExp(`.{60}${canary}.{20}`, 'g'))].map(([place]) => place);
}

describe('with a key ring, a contact that is not erased', () => {
  beforeAll(async () => {
    await api.close();
    await openShop({ encryption });
  });

  it('stands nowhere in plain text either, and is shown as ever', async () => {
    const contact = await plant();

    const shown = await api.admin.get(`/v1/contacts/${contact}`).expect(200);

    expect(placesIn(await everythingIn(api.uri, workspace))).toEqual([]);
    expect(shown.body).toMatchObject({ email: address, traits: { name: canary }, tags: [canary] });
  });
});

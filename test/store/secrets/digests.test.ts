import { createHash } from 'node:crypto';
import { contactId, messageId, stepId } from '../../../src/core/ids';
import { everythingIn } from '../../support/everything';
import { openTestStore, type TestStore } from '../../support/store';
import { inCollection, type StoredDocument } from '../../support/stored';
import { ada, cartRecovery, shop } from '../builders';

const address = 'ada@shop.test';
const bounced = { channel: 'email', because: 'bounced', at: 1_000 } as const;
const withdrawn = { ...bounced, because: 'unsubscribed', purpose: 'marketing' } as const;
const recipient = {
  journey: cartRecovery,
  key: 'cart1',
  step: stepId('remind'),
  channel: 'email',
  address,
} as const;
const until = new Date(Date.UTC(2100, 0, 1));
const asking = { at: 1_000, since: 900, until: until.getTime() };
const request = { route: 'post /v1/x', key: address, fingerprint: 'a-fingerprint' };
const keeping = { now: 0, leaseMs: 10, keepMs: 100 };

const plain = (...parts: readonly string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
const ofAddress = plain(shop, 'email', address);
const ofRecipient = plain(shop, cartRecovery, 'cart1', 'remind', 'email', address);
const ofRequest = plain(shop, request.route, request.key);

describe('a digest of what is personal', () => {
  let opened: TestStore;

  beforeEach(async () => {
    opened = await openTestStore();
  });
  afterEach(() => opened.close());

  const stored = (collection: string, document: StoredDocument) =>
    inCollection(opened.uri, collection, (documents) => documents.insertOne(document));
  const suppressions = () => opened.store.suppressions.ofAddress(shop, 'email', address);

  it('cannot be guessed from a list of addresses', async () => {
    const { suppressions, recipients, idempotency } = opened.store;
    await suppressions.suppress(shop, { address, ...bounced });
    await recipients.take(shop, recipient, { ...asking, contacts: [ada], message: messageId('m') });
    await idempotency.begin(shop, request, keeping);

    const everything = await everythingIn(opened.uri, shop);

    expect(everything).toContain('"digest":"~');
    expect(everything).not.toMatch([ofAddress, ofRecipient, ofRequest, 'a-fingerprint'].join('|'));
  });

  it('differs in every database', async () => {
    const other = await openTestStore();
    await opened.store.suppressions.suppress(shop, { address, ...bounced });
    await other.store.suppressions.suppress(shop, { address, ...bounced });

    const [mine, others] = await Promise.all(
      [opened, other].map(({ uri }) =>
        inCollection(uri, 'suppressions', (documents) => documents.findOne({})),
      ),
    );
    await other.close();

    expect(mine?._id).not.toBe(others?._id);
  });

  describe('of version 0.1', () => {
    it('keeps an address suppressed, and becomes a keyed one', async () => {
      const facts = { workspace: shop, digest: ofAddress };
      await stored('suppressions', { _id: `${ofAddress}/bounced`, ...facts, ...bounced });
      const _id = `${ofAddress}/unsubscribed/marketing`;
      await stored('suppressions', { _id, ...facts, ...withdrawn });

      await opened.store.ensureIndexes();

      expect(await suppressions()).toEqual([bounced, withdrawn]);
      expect(await everythingIn(opened.uri, shop)).not.toContain(ofAddress);
    });

    it('counts also before it is keyed', async () => {
      const facts = { workspace: shop, digest: ofAddress, ...bounced };
      await stored('suppressions', { _id: `${ofAddress}/bounced`, ...facts });

      expect(await suppressions()).toEqual([bounced]);
    });

    it('keeps the address of a step taken', async () => {
      const facts = { workspace: shop, contact: ada, message: 'm1', at: 1_000, expiresAt: until };
      await stored('recipients', { _id: ofRecipient, ...facts });
      const contacts = [contactId('other')] as const;

      await opened.store.ensureIndexes();

      const asked = { ...asking, contacts, message: messageId('m2') };
      const answer = await opened.store.recipients.take(shop, recipient, asked);
      expect(answer).toEqual({ kind: 'held', by: 'm1' });
    });

    it('keeps the answer to a request', async () => {
      const answer = { status: 201, body: { id: 'e1' } };
      const facts = { workspace: shop, fingerprint: 'a-fingerprint', leaseUntil: 0, answer };
      await stored('idempotency', { _id: ofRequest, ...facts, expiresAt: until });

      await opened.store.ensureIndexes();

      const again = await opened.store.idempotency.begin(shop, request, keeping);
      expect(again).toEqual({ kind: 'answered', answer });
    });
  });
});

import type { Messages } from '../../src/store/messages/messages';
import { inCollection } from '../support/stored';
import { openTestStore, type TestStore } from '../support/store';
import { aClaim, ada, cartEnrollment, rival, shop } from './builders';

const put = {
  status: 'claimed',
  attempts: 1,
  nextAttemptAt: 8_000,
  trouble: { kind: 'deferred', status: '450 4.2.0', text: 'later', at: 2_000 },
} as const;

describe('messages', () => {
  let opened: TestStore;
  let messages: Messages;
  const message = aClaim(1);
  const { id } = message;
  const unanswered = (at: number) => ({ status: 'unknown', because: 'unanswered', at }) as const;
  const sent = { status: 'sent', providerId: 'smtp-1', at: 9_000 } as const;

  beforeEach(async () => {
    opened = await openTestStore();
    messages = opened.store.messages;
  });
  afterEach(() => opened.close());

  it('is claimed by one of ten attempts, and the others see the claim', async () => {
    const attempts = Array.from({ length: 10 }, () => messages.claim(message));

    const results = await Promise.all(attempts);

    expect(results.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'exists')).toHaveLength(9);
    expect(results).toContainEqual({ kind: 'exists', message });
  });

  it('is handed over by one of ten attempts', async () => {
    await messages.claim(message);

    const began = await Promise.all(
      Array.from({ length: 10 }, () => messages.beginHanding(shop, id, 5)),
    );

    expect(began.filter(Boolean)).toHaveLength(1);
    expect(await messages.find(shop, id)).toEqual({ ...message, status: 'handing', handedAt: 5 });
  });

  it('is put off with its trouble, and has its next turn', async () => {
    await messages.claim(message);
    await messages.beginHanding(shop, id, 5);

    await messages.putOff(shop, id, put);
    const waiting = await messages.find(shop, id);
    const began = await messages.beginAttempt(shop, id, 9_000);

    const { nextAttemptAt, ...kept } = put;
    expect(waiting).toEqual({ ...message, ...kept, handedAt: 5, nextAttemptAt });
    expect(began).toBe(true);
    expect(await messages.find(shop, id)).toEqual({
      ...message,
      ...kept,
      handedAt: 5,
      attemptedAt: 9_000,
    });
  });

  it('is not put off once it is settled', async () => {
    await messages.claim(message);
    await messages.settle(shop, id, sent);

    await messages.putOff(shop, id, put);

    expect(await messages.beginAttempt(shop, id, 9_000)).toBe(false);
    expect(await messages.find(shop, id)).toEqual({ ...message, ...sent });
  });

  it('is settled once, and answers what was settled', async () => {
    await messages.claim(message);
    await messages.beginHanding(shop, id, 5);

    const settled = await messages.settle(shop, id, sent);
    const again = await messages.settle(shop, id, unanswered(10_000));

    expect(settled).toEqual({ ...message, ...sent, handedAt: 5 });
    expect(again).toEqual(settled);
    expect(await messages.beginHanding(shop, id, 5)).toBe(false);
  });

  it('is settled from claimed with its reason', async () => {
    await messages.claim(message);

    const skipped = { status: 'skipped', because: 'no-consent', at: 9_000 } as const;
    const settled = await messages.settle(shop, id, skipped);

    expect(settled).toEqual({ ...message, ...skipped });
  });

  it('is resolved once, from unknown only, and keeps its instant', async () => {
    await messages.claim(message);
    const early = await messages.resolve(shop, id, 'sent');
    await messages.settle(shop, id, unanswered(9_000));

    const resolved = await messages.resolve(shop, id, 'failed');
    const again = await messages.resolve(shop, id, 'sent');

    expect(early).toEqual(message);
    expect(resolved).toEqual({ ...message, status: 'failed', because: 'operator', at: 9_000 });
    expect(again).toEqual(resolved);
  });

  it('refuses to settle what was never claimed', async () => {
    const settling = messages.settle(shop, id, sent);

    await expect(settling).rejects.toMatchObject({ code: 'not-found' });
  });

  it('lists by contact, enrollment and status, the latest first', async () => {
    await messages.claim(aClaim(1));
    await messages.claim(aClaim(2));
    await messages.claim(aClaim(3));
    await messages.beginHanding(shop, aClaim(2).id, 5);

    const filter = { contact: ada, enrollment: cartEnrollment, status: 'claimed' } as const;
    const first = await messages.list(shop, filter, { limit: 1 });
    const second = await messages.list(shop, filter, { limit: 1, cursor: first.nextCursor });
    const ofEnrollment = await messages.ofEnrollment(shop, cartEnrollment);

    expect(first.data).toEqual([aClaim(3)]);
    expect(second).toEqual({ data: [aClaim(1)] });
    expect(ofEnrollment.map(({ visit }) => visit)).toEqual([1, 2, 3]);
  });

  it('is out of reach of another workspace', async () => {
    await messages.claim(message);

    const changed = [
      await messages.beginHanding(rival, id, 5),
      await messages.beginAttempt(rival, id, 9_000),
    ];
    const settling = messages.settle(rival, id, sent);
    const resolving = messages.resolve(rival, id, 'sent');

    await expect(settling).rejects.toMatchObject({ code: 'not-found' });
    await expect(resolving).rejects.toMatchObject({ code: 'not-found' });
    expect(changed).toEqual([false, false]);
    expect(await messages.find(shop, id)).toEqual(message);
    expect(await messages.find(rival, id)).toBeUndefined();
    expect(await messages.list(rival, {}, { limit: 9 })).toEqual({ data: [] });
    expect(await messages.ofEnrollment(rival, cartEnrollment)).toEqual([]);
  });

  it('reads lines of earlier versions, which gave no reason', async () => {
    const { id: _id, ...line } = message;
    const stored = { ...line, _id, status: 'unknown', at: 5_000 };
    await inCollection(opened.uri, 'messages', (documents) => documents.insertOne(stored));

    const found = await messages.find(shop, id);

    expect(found).toEqual({ ...message, status: 'unknown', at: 5_000 });
  });
});

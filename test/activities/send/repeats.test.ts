import { ProviderTrouble } from '../../../src/channels/channel';
import { noon } from '../../support/intake';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

const unanswered = new ProviderTrouble('connection lost', { kind: 'unanswered' });

const later = noon + 3_600_000;

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

describe('P3: a message whose hand-over had no answer', () => {
  it('is handed over again under the same key where the provider de-duplicates', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.repeatsDroppedMs = 86_400_000;
    sending.provider.deliver = () => Promise.reject(unanswered);
    await expect(sending.send()).rejects.toThrow('UNANSWERED');
    sending.goTo(later);
    sending.provider.deliver = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' });

    await sending.send({ attempt: 2 });

    expect(sending.delivered[0]).toEqual(sending.delivered[1]);
    expect(await sending.message()).toMatchObject({ status: 'sent' });
  });

  it('is unknown where the provider may have forgotten the key', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.repeatsDroppedMs = 15 * 60_000;
    sending.provider.deliver = () => Promise.reject(unanswered);
    await expect(sending.send()).rejects.toThrow('UNANSWERED');
    sending.goTo(noon + 15 * 60_000);

    await sending.send({ attempt: 2 });

    expect(sending.delivered).toHaveLength(1);
    expect(await sending.message()).toMatchObject({ status: 'unknown' });
  });

  it('is unknown where the key is forgotten while it waits its turn', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.repeatsDroppedMs = 15 * 60_000;
    sending.provider.deliver = () => Promise.reject(unanswered);
    await expect(sending.send()).rejects.toThrow('UNANSWERED');
    sending.goTo(later);
    sending.provider.take = () => {
      sending.goTo(noon + 15 * 60_000);
      return Promise.resolve();
    };

    await sending.send({ attempt: 2 });

    expect(sending.delivered).toHaveLength(1);
    expect(await sending.message()).toMatchObject({ status: 'unknown' });
  });

  it('is repeated, and recorded as such, where the step asks for at-least-once', async () => {
    const sending = await standOnSend(opened.store, { delivery: 'at-least-once' });
    sending.provider.deliver = () => Promise.reject(unanswered);
    await expect(sending.send()).rejects.toThrow('UNANSWERED');
    sending.goTo(later);
    sending.provider.deliver = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' });

    await sending.send({ attempt: 2 });

    expect(await sending.message()).toMatchObject({ status: 'sent', repeated: true });
  });
});

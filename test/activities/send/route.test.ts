import { ProviderTrouble } from '../../../src/channels/channel';
import type { ConnectedChannel } from '../../../src/channels/connect-channels';
import type { ChannelName } from '../../../src/core/channels';
import { noon } from '../../support/intake';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

const unreachable = 'pager' as ChannelName;
const pager: ConnectedChannel = {
  addressOf: () => undefined,
  provider: { name: 'pager', repeatsDroppedMs: 0, slots: 1, close: () => undefined },
  prepare: async () =>
    Promise.resolve({ inSlot: (work) => work(() => Promise.reject(new Error('no pager'))) }),
};

const later = noon + 3_600_000;
const away = new ProviderTrouble('connection refused', { kind: 'unreachable' });

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

describe('the route of a message', () => {
  it('is in the ledger the channel it is handed over to', async () => {
    const step = { channels: [unreachable, 'email'] } as const;
    const sending = await standOnSend(opened.store, step, { pager });

    await sending.send();

    expect(sending.delivered).toMatchObject([{ to: 'ada@shop.test' }]);
    expect(await sending.message()).toMatchObject({
      status: 'sent',
      channel: 'email',
      provider: 'test',
    });
  });

  it('is the preferred channel in the ledger where none reaches the contact', async () => {
    const sending = await standOnSend(opened.store, { channels: [unreachable] }, { pager });

    await sending.send();

    expect(await sending.message()).toMatchObject({
      status: 'skipped',
      because: 'no-address',
      channel: 'pager',
    });
  });

  it('keeps its channel and takes the address that the contact has by now', async () => {
    const sending = await standOnSend(opened.store);
    sending.provider.deliver = () => Promise.reject(away);
    await expect(sending.send()).rejects.toThrow('UNREACHABLE');
    sending.goTo(later);
    await sending.change({ email: 'ada@new.test' });
    sending.provider.deliver = () => Promise.resolve({ kind: 'accepted', providerId: 'p2' });

    await sending.send({ attempt: 2 });

    expect(sending.delivered.map(({ to }) => to)).toEqual(['ada@shop.test', 'ada@new.test']);
    expect(await sending.message()).toMatchObject({ status: 'sent', channel: 'email' });
  });

  it('asks of a suppression the address that the message goes to', async () => {
    const step = { channels: [unreachable, 'email'] } as const;
    const sending = await standOnSend(opened.store, step, { pager });
    const bounced = { channel: 'email', because: 'bounced', at: noon } as const;
    const { id } = sending.shop.workspace;
    await opened.store.suppressions.suppress(id, { ...bounced, address: 'ada@shop.test' });

    await sending.send();

    expect(sending.delivered).toEqual([]);
    expect(await sending.message()).toMatchObject({ status: 'skipped', because: 'bounced' });
  });
});

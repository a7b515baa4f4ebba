import type { ConnectedChannel } from '../../../src/channels/connect-channels';
import { createRenderer } from '../../../src/channels/threads/create-renderer';
import { DomainError } from '../../../src/core/domain-error';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';
import { compiledOf, factsOf } from '../../channels/templates/builders';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

function channelThat(prepare: ConnectedChannel['prepare']): ConnectedChannel {
  const provider = { name: 'test', deduplicates: false, slots: 1, close: () => undefined };
  return { addressOf: ({ email }) => email, provider, prepare };
}

describe('a message', () => {
  it('attack 2: fails as render-failed once its rendering has lost its thread twice', async () => {
    const renderer = createRenderer({ threads: 1, renderMs: 100 });
    const costly = await compiledOf({ en: { subject: 'Hi', html: '<div>'.repeat(45_000) } });
    const email = channelThat(async () => {
      await renderer.render(costly, factsOf());
      throw new Error('it was rendered');
    });
    const sending = await standOnSend(opened.store, {}, { email });

    await sending.send();
    await renderer.close();

    expect(await sending.message()).toMatchObject({ status: 'failed', because: 'render-failed' });
    expect(await sending.shop.rows()).toMatchObject([{ ended: { as: 'completed' } }]);
  });

  it('attack 2: is tried again where no thread could take it', async () => {
    const away = new DomainError('unavailable', 'No thread can render at present; try again.');
    const email = channelThat(() => Promise.reject(away));
    const sending = await standOnSend(opened.store, {}, { email });

    await expect(sending.send()).rejects.toMatchObject({ code: 'unavailable' });

    expect(await sending.message()).toMatchObject({ status: 'claimed' });
  });
});

import type { ConnectedChannel } from '../../../src/channels/connect-channels';
import { createRendering } from '../../../src/channels/rendering/create-rendering';
import { workspaceId } from '../../../src/core/ids';
import { DomainError } from '../../../src/core/domain-error';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';
import { compiledOf, factsOf } from '../../channels/templates/builders';

const wideTable = `<table class="items"><tr>${'<td>'.repeat(14_000)}</tr>${'<tr><td>'.repeat(14_000)}</table>`;

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
});

function channelThat(prepare: ConnectedChannel['prepare']): ConnectedChannel {
  const provider = { name: 'test', repeatsDroppedMs: 0, slots: 1, close: () => undefined };
  return { addressOf: ({ email }) => email, provider, prepare };
}

describe('a message', () => {
  it('attack 2: fails as render-failed once its rendering has lost two processes', async () => {
    const rendering = createRendering({ processes: 1, renderMs: 100 });
    const costly = await compiledOf({ en: { subject: 'Hi', html: wideTable } });
    const email = channelThat(async () => {
      await rendering.rendererOf(workspaceId('shop')).render(costly, factsOf());
      throw new Error('it was rendered');
    });
    const sending = await standOnSend(opened.store, {}, { email });

    await sending.send();
    await rendering.close();

    expect(await sending.message()).toMatchObject({ status: 'failed', because: 'render-failed' });
    expect(await sending.shop.enrollments()).toMatchObject([{ ended: { as: 'completed' } }]);
  });

  it('attack 2: is tried again where no process could take it', async () => {
    const away = new DomainError('unavailable', 'Nothing can be rendered at present; try again.');
    const email = channelThat(() => Promise.reject(away));
    const sending = await standOnSend(opened.store, {}, { email });

    await expect(sending.send()).rejects.toMatchObject({ code: 'unavailable' });

    expect(await sending.message()).toMatchObject({ status: 'claimed' });
  });
});

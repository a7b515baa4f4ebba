import { templateId, workspaceId } from '../../src/core/ids';
import { mostKeys, mostOfAWorkspace, mostVersions } from '../../src/store/quotas';
import { openTestStore, type TestStore } from '../support/store';
import { aKey, aPublication, cartRecovery } from './builders';

let opened: TestStore;
const shop = workspaceId('shop');
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

function put(id: string, contentHash = 'a') {
  const template = { id: templateId(id), source: {}, compiled: {} };
  return opened.store.templates.put(shop, template, { contentHash, at: 1_000 });
}

async function publishTimes(count: number): Promise<void> {
  for (const n of numbers(count)) {
    await opened.store.journeys.publish(shop, aPublication(`content ${n}`));
  }
}

describe('attack 9: a workspace', () => {
  it('has a bound on its templates, each of which can still be changed', async () => {
    await Promise.all(numbers(mostOfAWorkspace).map((n) => put(`t${n}`)));

    await expect(put('more')).rejects.toMatchObject({ code: 'invalid' });
    expect(await put('t1', 'b')).toEqual({ created: true, version: 2 });
  });

  it('has a bound on its API keys, and room again once one is gone', async () => {
    const keyOf = (n: number) => aKey(`hash ${n}`, { workspace: shop });
    await Promise.all(numbers(mostKeys).map((n) => opened.store.keys.put(keyOf(n))));

    await expect(opened.store.keys.put(keyOf(mostKeys))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('delete one') as string,
    });
    await opened.store.keys.remove(shop, keyOf(0).id);
    await opened.store.keys.put(keyOf(mostKeys));

    expect(await opened.store.keys.findByHash(`hash ${mostKeys}`)).toBeDefined();
  });

  it('has a bound on the versions of a journey', async () => {
    await publishTimes(mostVersions);

    const again = await opened.store.journeys.publish(
      shop,
      aPublication(`content ${mostVersions - 1}`),
    );

    expect(again).toEqual({ version: mostVersions, created: false });
    await expect(
      opened.store.journeys.publish(shop, aPublication('one more')),
    ).rejects.toMatchObject({ code: 'invalid' });
    expect(await opened.store.journeys.find(shop, cartRecovery)).toMatchObject({
      version: mostVersions,
    });
  });
});

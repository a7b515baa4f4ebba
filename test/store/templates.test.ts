import { templateId } from '../../src/core/ids';
import type { Templates } from '../../src/store/templates';
import { openTestStore, type TestStore } from '../support/store';
import { rival, shop } from './builders';

describe('templates', () => {
  let opened: TestStore;
  let templates: Templates;
  const id = templateId('reminder');
  const put = (subject: string, at = 1_000) =>
    templates.put(
      shop,
      { id, source: { subject }, compiled: { en: { subject } } },
      { contentHash: subject, at },
    );

  beforeEach(async () => {
    opened = await openTestStore();
    templates = opened.store.templates;
  });
  afterEach(() => opened.close());

  it('counts different contents and keeps the latest', async () => {
    const first = await put('Hello', 1_000);
    const same = await put('Hello', 2_000);
    const second = await put('Your cart', 3_000);

    expect([first, same, second]).toEqual([
      { version: 1, created: true },
      { version: 1, created: false },
      { version: 2, created: true },
    ]);
    expect(await templates.find(shop, id)).toEqual({
      id,
      version: 2,
      source: { subject: 'Your cart' },
      compiled: { en: { subject: 'Your cart' } },
      updatedAt: 3_000,
    });
  });

  it('gives five contents put at once a version each', async () => {
    const results = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((subject) => put(subject)));

    const versions = results.map(({ version }) => version);
    expect(versions.toSorted()).toEqual([1, 2, 3, 4, 5]);
  });

  it('is out of reach of another workspace', async () => {
    await put('Hello');

    const found = await templates.find(rival, id);
    const listed = [await templates.all(rival), await templates.all(shop)];

    expect(found).toBeUndefined();
    expect(listed).toMatchObject([[], [{ id }]]);
    expect(await templates.list(rival, { limit: 10 })).toEqual({ data: [] });
    expect(await templates.list(shop, { limit: 10 })).toMatchObject({ data: [{ id }] });
  });
});

import type { Journeys, JourneyStatus } from '../../../src/store/journeys/journeys';
import { createStore } from '../../../src/store/store';
import { inCollection } from '../../support/stored';
import { openTestStore, type TestStore } from '../../support/store';
import { aPublication, cartRecovery, rival, shop } from '../builders';
import { sealing } from '../../support/sealing';

const page = { limit: 10 };

describe('journeys', () => {
  let opened: TestStore;
  let journeys: Journeys;
  const publish = (name: string) => journeys.publish(shop, aPublication(name));
  const markAs = (status: JourneyStatus) =>
    inCollection(opened.uri, 'journeys', (documents) =>
      documents.updateOne({ workspace: shop, id: cartRecovery }, { $set: { status } }),
    );

  beforeEach(async () => {
    opened = await openTestStore();
    journeys = opened.store.journeys;
  });
  afterEach(() => opened.close());

  it('makes one version of the same content published by ten callers at once', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => publish('first')));

    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(results.map(({ version }) => version))).toEqual(new Set([1]));
    expect((await journeys.versions(shop, cartRecovery, page)).data).toHaveLength(1);
  });

  it('makes a version of each of five contents published at once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];

    const results = await Promise.all(names.map(publish));

    const versions = results.map(({ version }) => version);
    expect(versions.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(await journeys.find(shop, cartRecovery)).toMatchObject({ version: 5 });
  });

  it('fault 25: makes a version of each of thirty contents, and pauses between rounds', async () => {
    const pauses: number[] = [];
    const patient = createStore(
      { sealing, uri: opened.uri },
      {
        now: () => 0,
        random: () => 0.5,
        pause: (ms) => {
          pauses.push(ms);
          return new Promise((resolve) => setImmediate(resolve));
        },
      },
    );
    await patient.connect();
    const names = Array.from({ length: 30 }, (_, n) => `name ${n}`);

    const results = await Promise.all(
      names.map((name) => patient.journeys.publish(shop, aPublication(name))),
    );

    await patient.close();
    expect(new Set(results.map(({ version }) => version)).size).toBe(30);
    expect(pauses.toSorted((one, other) => one - other)).toEqual(
      expect.arrayContaining([5, 10, 20, 40, 80, 100]),
    );
  });

  it('never changes a version that is published', async () => {
    await publish('first');
    const before = await journeys.version(shop, cartRecovery, 1);

    const second = await publish('second');
    const back = await publish('first');

    expect([second, back]).toEqual([
      { version: 2, created: true },
      { version: 3, created: true },
    ]);
    expect(before).toEqual(aPublication('first').compile(1));
    expect(await journeys.version(shop, cartRecovery, 1)).toEqual(before);
    expect(await journeys.version(shop, cartRecovery, 4)).toBeUndefined();
  });

  it('attack 9: lists its versions without their sources, the latest first', async () => {
    await publish('first');
    await publish('second');

    const first = await journeys.versions(shop, cartRecovery, { limit: 1 });
    const { nextCursor: cursor } = first;
    const second = await journeys.versions(shop, cartRecovery, { limit: 1, cursor });

    expect(first.data).toEqual([{ version: 2, publishedAt: 1_000 }]);
    expect(second).toEqual({ data: [{ version: 1, publishedAt: 1_000 }] });
    expect(await journeys.source(shop, cartRecovery, 1)).toEqual({
      version: 1,
      source: aPublication('first').source,
      contentHash: 'first',
      publishedAt: 1_000,
    });
  });

  it('counts the latest version of a journey as live until it is archived', async () => {
    await publish('first');
    await publish('second');
    const journey = aPublication('second').compile(2);

    const live = await journeys.live(shop);
    await markAs('paused');
    const paused = await journeys.live(shop);
    await markAs('archived');
    const archived = await journeys.live(shop);

    expect(live).toEqual([{ journey, status: 'live' }]);
    expect(paused).toEqual([{ journey, status: 'paused' }]);
    expect(archived).toEqual([]);
    expect(await journeys.list(shop, page)).toMatchObject({
      data: [{ id: cartRecovery, status: 'archived' }],
    });
  });

  it('is out of reach of another workspace', async () => {
    await publish('first');

    expect(await journeys.find(rival, cartRecovery)).toBeUndefined();
    expect(await journeys.version(rival, cartRecovery, 1)).toBeUndefined();
    expect(await journeys.versions(rival, cartRecovery, page)).toEqual({ data: [] });
    expect(await journeys.source(rival, cartRecovery, 1)).toBeUndefined();
    expect(await journeys.live(rival)).toEqual([]);
    expect(await journeys.list(rival, page)).toEqual({ data: [] });
    expect(await journeys.publish(rival, aPublication('theirs'))).toEqual({
      version: 1,
      created: true,
    });
  });
});

import { openTestStore, type TestStore } from '../../support/store';
import { indexesIn } from './declared';
import { fill } from './fill';
import { explain, inWords, type Plan } from './plan';
import { openRecorder, verbsOf, type Recorder } from './recorder';
import { everyVerb } from './work';

/** A page and its look-ahead, or rows of one contact, may be looked at for nothing. */
const mostInVain = 6;

describe('fault 24: a query of the store', () => {
  let opened: TestStore;
  let recorder: Recorder;
  let plans: readonly Plan[];

  beforeAll(async () => {
    opened = await openTestStore();
    recorder = await openRecorder(opened.uri);
    await fill(recorder.store);
    for (const work of everyVerb) await recorder.record(work);
    const found: Plan[] = [];
    for (const query of recorder.queries) found.push(await explain(recorder.database(), query));
    plans = found;
  }, 60_000);
  afterAll(async () => {
    await recorder.store.close();
    await opened.close();
  });

  it('is looked at for every verb', () => {
    expect([...recorder.called].toSorted()).toEqual(verbsOf(recorder.store).toSorted());
    expect(plans.length).toBeGreaterThan(recorder.called.size);
  });

  it('goes by an index that gives its order', () => {
    const bad = plans.filter(
      ({ stages }) => stages.includes('COLLSCAN') || stages.includes('SORT'),
    );

    expect(bad.map(inWords)).toEqual([]);
  });

  it('looks at what it was asked for alone', () => {
    const bad = plans.filter(({ examined, returned }) => examined > returned + mostInVain);

    expect(bad.map(inWords)).toEqual([]);
  });

  it('uses every index, but for those by which rows expire', async () => {
    const used = plans.flatMap(({ query, indexes }) => {
      const [collection] = Object.values(query.statement);
      return indexes.map((index) => `${String(collection)}.${index}`);
    });
    const kept = (await indexesIn(recorder.database())).filter(({ isExpiry }) => !isExpiry);
    const named = kept.map(({ collection, name }) => `${collection}.${name}`);
    const unused = named.filter((name) => !used.includes(name));

    expect(unused).toEqual([]);
  });
});

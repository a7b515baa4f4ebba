import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTestStore, type TestStore } from '../../support/store';
import { indexesIn } from './declared';
import { openRecorder, type Recorder } from './recorder';

const record = join(__dirname, '../../../docs/decisions/020-indexes.md');

/** The rows of the record that begin with a collection and the keys of an index. */
function recorded(): readonly string[] {
  const [table = ''] = readFileSync(record, 'utf8').split('## No document');
  const rows = table.matchAll(/^\| (\w+) +\| `([\w, -]+)`/gm);
  return [...rows].map(([, collection, keys]) => `${collection}: ${keys}`);
}

describe('fault 24: the table of indexes', () => {
  let opened: TestStore;
  let recorder: Recorder;

  beforeAll(async () => {
    opened = await openTestStore();
    recorder = await openRecorder(opened.uri);
  });
  afterAll(async () => {
    await recorder.store.close();
    await opened.close();
  });

  it('holds every index that there is, and no other', async () => {
    const indexes = await indexesIn(recorder.database());
    const found = indexes.map(({ collection, fields }) => `${collection}: ${fields}`);

    expect(recorded().toSorted()).toEqual(found.toSorted());
  });
});

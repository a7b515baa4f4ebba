import { openWatchedStore, type WatchedStore } from '../../support/commands';
import { standOnSend } from '../../support/sending';
import { openTestStore, type TestStore } from '../../support/store';

let opened: TestStore;
let watched: WatchedStore;

beforeAll(async () => {
  opened = await openTestStore();
  watched = await openWatchedStore(opened.uri);
});
afterAll(async () => {
  await watched.store.close();
  await opened.close();
});

describe('the commands of the store for a send', () => {
  it('read back nothing that it has just written', async () => {
    const sending = await standOnSend(watched.store);

    const sent = await watched.during(() => sending.send());

    const reads = ['find enrollments', 'find workspaces', 'find contacts', 'find templates'];
    const gate = [
      ...['find contacts', 'find enrollments', 'find switches'],
      ...['find events', 'find suppressions'],
    ];
    const handing = ['update messages', 'insert recipients', 'insert addresscounts'];
    const record = ['findAndModify messages', 'insert decisions'];
    const close = ['update enrollments', 'insert decisions'];
    expect(sent.filter((command) => !command.endsWith('datakeys'))).toEqual([
      ...reads,
      ...['insert messages', 'update messages'],
      ...gate,
      ...handing,
      ...record,
      ...close,
    ]);
  });
});

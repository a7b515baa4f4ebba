import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Change } from '../../../dev/mongo/storage/change';
import { Log } from '../../../dev/mongo/storage/log';

const namespace = 'd.things';
const text = 'x'.repeat(10_000);

const put = (_id: number, version = 0): Change => ({
  kind: 'put',
  namespace,
  doc: { _id, version, text },
});

/** The versions of the documents that a log leads to, by their id. */
function versionsIn(changes: Iterable<Change>): ReadonlyMap<unknown, unknown> {
  const versions = new Map<unknown, unknown>();
  for (const change of changes) {
    if (change.kind === 'put') versions.set(change.doc['_id'], change.doc['version']);
    if (change.kind === 'remove') versions.delete(change.id);
  }
  return versions;
}

describe('a log that shrinks', () => {
  let folder: string;
  let file: string;
  let log: Log;
  const numbers = Array.from({ length: 300 }, (_, n) => n);
  const write = (...changes: readonly Change[]) => {
    for (const change of changes) log.append(change);
    log.flush();
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'itinera-log-'));
    file = join(folder, 'store.log');
    log = new Log(file);
    log.rewrite([]);
  });
  afterEach(async () => {
    log.close();
    await rm(folder, { recursive: true });
  });

  it('lets other work go on, and loses nothing of it', async () => {
    for (const version of [1, 2, 3]) write(...numbers.map((n) => put(n, version)));
    const grown = (await stat(file)).size;
    const state = { isDone: false };

    const shrinking = log.shrink(numbers.map((n) => put(n, 3))).then(() => {
      state.isDone = true;
    });
    await nextTurn();
    write(put(0, 4), { kind: 'remove', namespace, id: 1 }, put(300, 4));
    const wasDone = state.isDone;
    await shrinking;
    write(put(2, 5));

    const expected = new Map([...numbers, 300].map((n) => [n, 3]));
    for (const [n, version] of [
      [0, 4],
      [2, 5],
      [300, 4],
    ] as const)
      expected.set(n, version);
    expected.delete(1);
    expect(wasDone).toBe(false);
    expect(versionsIn(new Log(file).read())).toEqual(expected);
    expect((await stat(file)).size).toBeLessThan(grown / 2);
  });

  it('keeps the old file where it is closed before it is done', async () => {
    write(...numbers.map((n) => put(n, 1)), put(0, 2));

    const shrinking = log.shrink(numbers.map((n) => put(n)));
    log.close();
    await shrinking;

    expect(versionsIn(new Log(file).read()).get(0)).toBe(2);
  });
});

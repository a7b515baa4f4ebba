import { resealOnce } from '../../src/worker/reseal-keys';
import { keysInMemory } from '../support/contact-keys';

/** A worker on a store that finds so many keys at each look. */
function workerOver(found: readonly number[]) {
  const left = [...found];
  const lines: unknown[] = [];
  const reseal = () => Promise.resolve(left.shift() ?? 0);
  return {
    lines,
    store: { dataKeys: { ...keysInMemory(), reseal } },
    logger: { info: (facts: unknown) => void lines.push(facts) },
    onTrouble: () => undefined,
  };
}

describe('a worker after a rotation of the key ring', () => {
  it('seals keys until none is left, and says when', async () => {
    const worker = workerOver([200, 7, 0]);

    const more = [await resealOnce(worker), await resealOnce(worker), await resealOnce(worker)];

    expect(more).toEqual([true, false, false]);
    expect(worker.lines).toEqual([
      { keys: 200, isLast: false },
      { keys: 7, isLast: true },
    ]);
  });

  it('says nothing where every key is sealed under the newest', async () => {
    const worker = workerOver([]);

    await resealOnce(worker);

    expect(worker.lines).toEqual([]);
  });
});

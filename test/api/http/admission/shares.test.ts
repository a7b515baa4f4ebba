import { createShares } from '../../../../src/api/http/admission/shares';
import { workspaceId } from '../../../../src/core/ids';

const [mallory, honest] = [workspaceId('mallory'), workspaceId('honest')];
const hour = 3_600_000;

const ofSize = (kib: number) => ({ bytes: kib * 1_024, items: 1 });
const ofItems = (items: number) => ({ bytes: items * 100, items });

describe('attack 5: large bodies of a workspace', () => {
  it('are under way up to its room, and delay no other', async () => {
    const shares = createShares({ most: 100, waitMs: hour });
    const begun: number[] = [];
    const ask = (n: number, kib: number) =>
      shares.enter(mallory, ofSize(kib)).then((leave) => {
        begun.push(n);
        return leave;
      });
    const asked = [ask(1, 40), ask(2, 40), ask(3, 40), ask(4, 10)];

    await shares.enter(honest, ofSize(40));
    expect(begun).toEqual([1, 2]);
    (await asked[0])?.();
    await asked[3];

    expect(begun).toEqual([1, 2, 3, 4]);
    (await asked[1])?.();
    (await asked[2])?.();
    (await asked[3])?.();
  });

  it('are given up where there is no room in time, and the next ones begin', async () => {
    const shares = createShares({ most: 100, waitMs: 20 });
    const held = await shares.enter(mallory, ofSize(40));
    const other = await shares.enter(mallory, ofSize(40));

    const late = shares.enter(mallory, ofSize(30));
    const small = shares.enter(mallory, ofSize(20));

    await expect(late).resolves.toBeUndefined();
    await expect(small).resolves.toBeDefined();
    expect([held, other]).not.toContain(undefined);
  });

  it('have all of their room again once they have ended', async () => {
    const shares = createShares({ most: 100, waitMs: hour });
    for (const size of [50, 1_000, 50]) (await shares.enter(mallory, ofSize(size)))?.();

    const leaves = [
      await shares.enter(mallory, ofSize(50)),
      await shares.enter(mallory, ofSize(50)),
    ];

    expect(leaves).not.toContain(undefined);
    for (const leave of leaves) leave?.();
  });

  it('do not hold up the small ones, which need no room', async () => {
    const shares = createShares({ most: 100, waitMs: hour });
    const held = await shares.enter(mallory, ofSize(1_000));

    await expect(shares.enter(mallory, ofSize(0.9))).resolves.toBeDefined();
    held?.();
  });
});

describe('attack 9: the items of a batch', () => {
  it.each([
    [1, ofItems(1)],
    [10, ofItems(10)],
    [100, ofItems(500)],
    [2, { bytes: 1_024 * 1_024, items: 25 }],
    [25, { bytes: 200 * 1_024, items: 50 }],
    [1, { bytes: 1_024 * 1_024, items: 6 }],
  ])('are under way %i at once, as the batch weighs', (atOnce, weight) => {
    const { itemsAtOnce } = createShares({ most: 100, waitMs: hour });

    expect(Math.min(weight.items, itemsAtOnce(weight))).toBe(atOnce);
  });
});

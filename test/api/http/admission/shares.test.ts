import { createShares } from '../../../../src/api/http/admission/shares';
import { workspaceId } from '../../../../src/core/ids';

const [mallory, honest] = [workspaceId('mallory'), workspaceId('honest')];

/** Work that goes on until `end`, and tells in `begun` that it was begun. */
function heldWork() {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const work = (n: number) => () =>
    new Promise<number>((resolve) => {
      begun.push(n);
      ends.push(() => {
        resolve(n);
      });
    });
  return { begun, work, end: () => ends.shift()?.() };
}

describe('the items of batches', () => {
  it('attack 9: are under way up to the share of their workspace, and delay no other', async () => {
    const { inShare } = createShares(2);
    const { begun, work } = heldWork();

    void Promise.all([1, 2, 3, 4].map((n) => inShare(mallory, work(n))));
    const answered = await inShare(honest, () => Promise.resolve('heard'));

    expect(answered).toBe('heard');
    expect(begun).toEqual([1, 2]);
  });

  it('begin in the order of asking, one as soon as another has ended', async () => {
    const { inShare } = createShares(1);
    const { begun, work, end } = heldWork();
    const asked = [1, 2, 3].map((n) => inShare(mallory, work(n)));

    await inShare(honest, () => Promise.resolve());
    expect(begun).toEqual([1]);
    end();
    await asked[0];
    await inShare(honest, () => Promise.resolve());

    expect(begun).toEqual([1, 2]);
  });

  it('give their room back where the work fails', async () => {
    const { inShare } = createShares(1);

    await expect(inShare(mallory, () => Promise.reject(new Error('away')))).rejects.toThrow('away');

    await expect(inShare(mallory, () => Promise.resolve('next'))).resolves.toBe('next');
  });
});

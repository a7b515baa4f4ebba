import { setTimeout as pause } from 'node:timers/promises';
import { withStallTimeout } from '../../../src/api/http/stall-timeout';

const never = () => new Promise<never>(() => undefined);

describe('patience', () => {
  it('is answered by the work, or by its failure', async () => {
    const failing = withStallTimeout(1_000, () => Promise.reject(new Error('of its own')));

    await expect(failing).rejects.toThrow('of its own');
    await expect(withStallTimeout(1_000, () => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('ends where nothing happens', async () => {
    const waiting = withStallTimeout(10, never);

    await expect(waiting).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('begins anew with every sign of progress', async () => {
    const work = async (progressed: () => void) => {
      for (let step = 0; step < 8; step += 1) {
        await pause(50);
        progressed();
      }
      return 'done';
    };

    await expect(withStallTimeout(300, work)).resolves.toBe('done');
  });
});

import { ProviderTrouble, type Provider } from '../../src/channels/channel';
import { slotsOf, type RoadState } from '../../src/channels/slots';

const shut = new ProviderTrouble('535 Wrong password', { kind: 'unauthorized' });

function providerWith(slots: number, take: () => Promise<void> = () => Promise.resolve()) {
  let taken = 0;
  let most = 0;
  const provider: Provider<string> = {
    name: 'test',
    repeatsDroppedMs: 0,
    slots,
    take: async () => {
      await take();
      taken += 1;
      most = Math.max(most, taken);
      return {
        deliver: (_message, key) => Promise.resolve({ kind: 'accepted', providerId: key }),
        release: () => {
          taken -= 1;
        },
      };
    },
    close: () => undefined,
  };
  return { provider, most: () => most, taken: () => taken };
}

describe('fault 4: the slots of a provider', () => {
  it('are held by as many messages as the provider takes, in their order', async () => {
    const { provider, most, taken } = providerWith(3);
    const slots = slotsOf(provider, { realNow: () => 0, onRoad: () => undefined });
    const order: number[] = [];

    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        slots.hold(async (slot) => {
          order.push(n);
          await slot.deliver('hello', String(n));
        }),
      ),
    );

    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect([most(), taken()]).toEqual([3, 0]);
  });

  it('are given back where the work fails', async () => {
    const { provider, taken } = providerWith(1);
    const slots = slotsOf(provider, { realNow: () => 0, onRoad: () => undefined });

    await expect(slots.hold(() => Promise.reject(new Error('gate')))).rejects.toThrow('gate');

    expect(taken()).toBe(0);
    await expect(slots.hold(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});

describe('fault 5: a road that is shut', () => {
  it('is asked once for all, is told once, and opens again', async () => {
    let now = 0;
    let knocks = 0;
    let isShut = true;
    const { provider } = providerWith(2, () => {
      knocks += 1;
      return isShut ? Promise.reject(shut) : Promise.resolve();
    });
    const told: RoadState['kind'][] = [];
    const slots = slotsOf(provider, {
      realNow: () => now,
      onRoad: (_name, { kind }) => {
        told.push(kind);
      },
    });
    const hold = () => slots.hold(() => Promise.resolve('held'));

    for (let n = 0; n < 5; n += 1) await expect(hold()).rejects.toBe(shut);
    now = 11_000;
    await expect(hold()).rejects.toBe(shut);
    isShut = false;
    now = 22_000;
    await expect(hold()).resolves.toBe('held');

    expect(knocks).toBe(3);
    expect(told).toEqual(['held', 'open']);
  });

  it('is shut also by an answer to a message that says so', async () => {
    const { provider } = providerWith(1);
    const told: string[] = [];
    const refusing: Provider<string> = {
      ...provider,
      take: async () => ({ ...(await provider.take()), deliver: () => Promise.reject(shut) }),
    };
    const slots = slotsOf(refusing, {
      realNow: () => 0,
      onRoad: (_name, { kind }) => {
        told.push(kind);
      },
    });

    await expect(slots.hold((slot) => slot.deliver('hello', 'key'))).rejects.toBe(shut);

    expect(told).toEqual(['held']);
    await expect(slots.hold(() => Promise.resolve())).rejects.toBe(shut);
  });
});

import pLimit from 'p-limit';
import { ProviderTrouble, type Provider, type Slot } from './channel';

/** The state of the way to a provider, as an operator watches it. */
export type RoadWatch = Readonly<{
  realNow(): number;
  /** Told when no slot can be had, and when one can be had again. */
  onRoad(provider: string, state: RoadState): void;
}>;

/** Held by trouble that concerns every message, or open. */
export type RoadState = Readonly<{ kind: 'open' } | { kind: 'held'; trouble: ProviderTrouble }>;

/** Gives the slots of a provider to those who wait for one, in their order. */
export type Slots<Outgoing> = Readonly<{
  /**
   * Holds a slot during the work. Throws ProviderTrouble where none can be had, and at once while
   * the road is held: then a provider is not asked again for some seconds.
   */
  hold<Result>(work: (slot: Slot<Outgoing>) => Promise<Result>): Promise<Result>;
}>;

/** Real milliseconds in which nobody knocks at a door that was found shut. */
const heldMs = 10_000;

/** The slots of a provider, as many as it says. */
export function slotsOf<Outgoing>(
  provider: Provider<Outgoing>,
  { realNow, onRoad }: RoadWatch,
): Slots<Outgoing> {
  const limit = pLimit(provider.slots);
  let held: Readonly<{ trouble: ProviderTrouble; until: number }> | undefined;

  const shut = (trouble: ProviderTrouble) => {
    if (!held) onRoad(provider.name, { kind: 'held', trouble });
    held = { trouble, until: realNow() + heldMs };
  };
  const open = () => {
    if (held) onRoad(provider.name, { kind: 'open' });
    held = undefined;
  };

  async function take(): Promise<Slot<Outgoing>> {
    if (held && realNow() < held.until) throw held.trouble;
    const slot = await orShut(() => provider.take(), shut);
    open();
    return {
      deliver: (message, key) =>
        orShut(
          () => slot.deliver(message, key),
          (trouble) => {
            if (trouble.kind === 'unauthorized') shut(trouble);
          },
        ),
      release: slot.release,
    };
  }

  return {
    hold: (work) =>
      limit(async () => {
        const slot = await take();
        try {
          return await work(slot);
        } finally {
          slot.release();
        }
      }),
  };
}

async function orShut<Result>(
  work: () => Promise<Result>,
  shut: (trouble: ProviderTrouble) => void,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderTrouble) shut(error);
    throw error;
  }
}

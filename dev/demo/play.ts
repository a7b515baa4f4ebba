import type { VirtualClock } from '../../src/core/time/clock';
import type { Act } from './script';
import type { ShopServer } from './segment-client';
import { untilInstant } from './watch/virtual-time';

type Stage = Readonly<{
  clock: VirtualClock;
  shop: ShopServer;
  onAct: (act: Act) => void;
  signal: AbortSignal;
}>;

/**
 * Carries out each act at its instant, and each of its calls once the one before is acknowledged.
 */
export async function play(
  acts: readonly Act[],
  { clock, shop, onAct, signal }: Stage,
): Promise<void> {
  for (const act of acts) {
    await untilInstant(clock, act.at, signal);
    onAct(act);
    for (const call of act.calls) await shop.report(act.shopper, call);
  }
}

import type { Store } from '../../../src/store/store';
import { aClaim, ada, shop } from '../builders';
import { bea } from './fill';

/** Calls every verb about what caps count and what is switched off. */
export async function pressures({ pressures: counted, messages, switches }: Store): Promise<void> {
  const kind = { channel: 'email', purpose: 'marketing' } as const;
  const contacted = { ...kind, message: aClaim(100).id, at: 1_000, priority: 50 };
  const recount = () => [contacted];
  for (const nth of [0, 1]) {
    await counted.recount(shop, [ada, bea], { recount, until: Date.now() + 1e9 + nth });
  }
  const { message: id } = contacted;
  await messages.postpone(shop, id, 2_000);
  await messages.defer(shop, id, { because: 'quiet-hours', nextAttemptAt: 2_000 });
  const off = { kind: 'channel', name: 'email', reason: 'trouble', by: 'ops', at: 1_000 } as const;
  for (const name of ['email', 'sms']) await switches.turnOff(shop, { ...off, name });
  await switches.off(shop);
  await switches.turnOn(shop, off);
}

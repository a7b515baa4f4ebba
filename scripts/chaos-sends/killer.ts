import { setTimeout as pause } from 'node:timers/promises';
import type { Failpoint } from '../../src/process/failpoints/failpoints';
import { isMet } from '../chaos/killer';
import type { Random } from '../chaos/random';

/** A worker died at a failpoint; `at` is the real instant by which it was dead. */
export type SendKill = Readonly<{ failpoint: Failpoint; at: number }>;

const aroundHandOver = [
  'before-hand-over',
  'after-hand-over',
  'after-claim',
  'before-completion',
] as const satisfies readonly Failpoint[];

type Setting = Readonly<{
  failpointFile: string;
  random: Random;
  kills: number;
  /** The number of hand-overs until now. */
  handedOver(): number;
}>;

/** The races are close again once these many reminders have gone out after a kill. */
const recovered = 12;
const longestRecoveryMs = 40_000;

/** Kills the worker around the hand-over, at each failpoint in turn, while the races go on. */
export async function keepKillingSends(setting: Setting): Promise<readonly SendKill[]> {
  const { failpointFile, random, kills, handedOver } = setting;
  const done: SendKill[] = [];
  while (done.length < kills) {
    const failpoint = aroundHandOver[done.length % aroundHandOver.length] ?? 'before-hand-over';
    const order = { failpoint, nth: 1 + random.below(3) };
    if (await isMet({ failpointFile }, order, 20_000)) done.push({ failpoint, at: Date.now() });
    const [before, deadline] = [handedOver(), Date.now() + longestRecoveryMs];
    while (handedOver() < before + recovered && Date.now() < deadline) await pause(100);
    await pause(random.below(1_000));
  }
  return done;
}

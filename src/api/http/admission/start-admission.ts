import { setTimeout as pause } from 'node:timers/promises';
import { type Registry } from 'prom-client';
import { realOf, type Clock } from '../../../core/time/clock';
import type { Store } from '../../../store/store';
import { createAdmission, openPaces, type Admission } from './admission';
import { watchLoopDelay } from './loop-delay';
import type { Limited } from './rate-limit';
import type { BucketPolicy } from './token-bucket';
import { countShed, showLoad } from './metrics';
import { watchBacklog, type BacklogMarks } from './watch-backlog';

/** The limits of a process. */
export type AdmissionLimits = Readonly<{
  backlog: BacklogMarks;
  /** The requests and items that each key and each workspace has. */
  perSecond: Readonly<Record<Limited, number>>;
}>;

type Settings = Readonly<{
  limits: AdmissionLimits;
  /** The store can be read once this resolves. */
  after: Promise<unknown>;
  store: Pick<Store, 'events'>;
  isTemporalReachable: () => Promise<boolean>;
  clock: Clock;
  registry: Registry;
  onTrouble: (error: unknown, about: string) => void;
}>;

/**
 * Starts the admission of a process. It watches the loop and the backlog in the background until it
 * is stopped.
 */
export function startAdmission({
  limits,
  store,
  clock,
  registry,
  ...settings
}: Settings): Readonly<{ admission: Admission; stop: () => Promise<void> }> {
  const loopDelay = watchLoopDelay();
  const backlog = watchBacklog({
    ...settings,
    read: store.events.backlog,
    realAgeOf: (receivedAt) => clock.realNow() - realOf(clock.virtual, receivedAt),
    marks: limits.backlog,
  });
  const admission = createAdmission({
    rates: { key: rateOf(limits.perSecond.key), workspace: rateOf(limits.perSecond.workspace) },
    paces: openPaces,
    pause,
    loopDelayMs: loopDelay.readMs,
    isBacklogOver: backlog.isOver,
    now: () => performance.now(),
    onShed: countShed(registry),
  });
  showLoad(registry, { backlog: backlog.latest, ...admission });
  return {
    admission,
    stop: async () => {
      loopDelay.stop();
      await backlog.stop();
    },
  };
}

function rateOf(perSecond: number): BucketPolicy {
  return { perSecond, burst: 2 * perSecond };
}

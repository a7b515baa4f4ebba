import { cut, fullConcurrency, grown } from './concurrency';
import { createTurns, type Turn, type Ticking } from './turns';
import { createRateLimit, type Grant, type RateLimit, type RatePolicies } from './rate-limit';
import type { BucketPolicy } from './token-bucket';
import { createInFlight, type InFlight } from './in-flight';
import { createPlaces, type Places } from './places';
import { createShares, type Shares } from './shares';

/** Unsubscribing and `/livez` are always answered; events are turned away last of the rest. */
export type Priority = 'always' | 'events' | 'rest' | 'anonymous';

export type OpenPriority = 'always' | 'anonymous';

export type Congestion = 'event-loop' | 'in-flight' | 'backlog';

/** Why a request is turned away. */
export type Shed = Congestion | 'rate' | 'share';

/** The load that a process takes upon itself. */
export type Admission = RateLimit &
  Places &
  Shares &
  Readonly<{
    /**
     * Why a request must be turned away now, before anything of it is read. Undefined where it is
     * welcome.
     */
    congestionFor: (priority: Priority) => Congestion | undefined;
    /** Does a part of the work of a request. It counts as under way until it has ended. */
    during: <Result>(priority: Priority, work: () => Promise<Result>) => Promise<Result>;
    /** Waits for a turn. A request without a key needs one, and a key that asks too much. */
    turn: (priority: OpenPriority, gone: AbortSignal) => ReturnType<Turn>;
    /** Told what came of a request: where many stall, fewer are let in. */
    answered: () => void;
    stalled: () => void;
    inFlight: () => number;
    concurrency: () => number;
  }>;

type Bounds = Readonly<{ loopDelayMs: number; share: number }>;

/**
 * Events have room where the rest has none. A shop can hardly send them again. Work without a key
 * has room of its own, and never takes any from who has a key.
 */
export const bounds = {
  events: { loopDelayMs: 500, share: 1 },
  rest: { loopDelayMs: 150, share: 0.5 },
  anonymous: { loopDelayMs: 100, share: 0.05 },
} as const satisfies Record<Exclude<Priority, 'always'>, Bounds>;

/** The most places that a key and a workspace hold. So none takes them all. */
const places = { ofKey: fullConcurrency.limit * 0.25, ofWorkspace: fullConcurrency.limit * 0.5 };

/** The room of each workspace. */
const room = { most: 50, waitMs: 5_000 };

/** Turns for requests without a key. A flood of one sort takes none from the other. */
export const openPaces = {
  always: { perSecond: 300, burst: 300 },
  anonymous: { perSecond: 50, burst: 50 },
} as const satisfies Record<OpenPriority, BucketPolicy>;

type Settings = Readonly<{
  rates: RatePolicies;
  paces: Readonly<Record<OpenPriority, BucketPolicy>>;
  loopDelayMs: () => number;
  isBacklogOver: () => boolean;
  /** Told of every request that is turned away. */
  onShed: (why: Shed) => void;
}> &
  Ticking;

export function createAdmission({
  rates,
  paces,
  now,
  pause,
  onShed,
  ...settings
}: Settings): Admission {
  const rateLimit = createRateLimit(rates, now);
  const pools = { keyed: createInFlight(), open: createInFlight() };
  const poolOf = (priority: Priority): InFlight =>
    priority === 'always' || priority === 'anonymous' ? pools.open : pools.keyed;
  const turns = {
    always: createTurns(paces.always, { now, pause }),
    anonymous: createTurns(paces.anonymous, { now, pause }),
  };
  let concurrency = fullConcurrency;
  const told = <Told extends Grant | undefined>(grant: Told) => {
    if (grant?.isGranted === false) onShed('rate');
    return grant;
  };
  return {
    take: (holder) => told(rateLimit.take(holder)),
    weigh: (holder, weight) => told(rateLimit.weigh(holder, weight)),
    ...createPlaces(places),
    ...toldOf(createShares(room), onShed),
    turn: (priority, gone) => turns[priority](gone),
    during: (priority, work) => poolOf(priority).during(work),
    inFlight: () => pools.keyed.count() + pools.open.count(),
    concurrency: () => concurrency.limit,
    congestionFor: (priority) => {
      const inFlight = poolOf(priority).count();
      const load = { ...settings, inFlight, limit: concurrency.limit };
      const why = congestionOf(load, priority);
      if (why) onShed(why);
      return why;
    },
    answered: () => {
      concurrency = grown(concurrency);
    },
    stalled: () => {
      concurrency = cut(concurrency, now());
    },
  };
}

function toldOf(shares: Shares, onShed: Settings['onShed']): Shares {
  return {
    ...shares,
    enter: async (workspace, weight) => {
      const leave = await shares.enter(workspace, weight);
      if (!leave) onShed('share');
      return leave;
    },
  };
}

type Load = Pick<Settings, 'loopDelayMs' | 'isBacklogOver'> &
  Readonly<{ inFlight: number; limit: number }>;

function congestionOf(
  { loopDelayMs, isBacklogOver, inFlight, limit }: Load,
  priority: Priority,
): Congestion | undefined {
  if (priority === 'always') return undefined;
  const bound = bounds[priority];
  if (loopDelayMs() > bound.loopDelayMs) return 'event-loop';
  if (inFlight >= limit * bound.share) return 'in-flight';
  return priority === 'events' && isBacklogOver() ? 'backlog' : undefined;
}

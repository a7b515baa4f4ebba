/** Milliseconds since the Unix epoch, in engine time: virtual where a clock is set. */
export type Instant = number;

/**
 * Relates engine time to real time, for a whole installation. Stored and compared instants are
 * virtual; only timer lengths are divided by `scale`.
 */
export type VirtualClock = Readonly<{ realOrigin: number; virtualOrigin: number; scale: number }>;

/** The port of time. Every part of a process asks it, and none asks the system. */
export type Clock = Readonly<{
  /** Now, in engine time: stored and compared instants. */
  now: () => Instant;
  /** Now, in real epoch milliseconds: leases, retries and clients' clocks go by it. */
  realNow: () => number;
  /** Converts a real instant, in epoch milliseconds, to engine time. */
  engineTimeOf: (realMs: number) => Instant;
  /** Relates both times in plain data, for whatever cannot be handed a function. */
  virtual: VirtualClock;
}>;

/** The engine time of a product that runs in real time. */
export const realTime: VirtualClock = { realOrigin: 0, virtualOrigin: 0, scale: 1 };

/** Engine time of a real instant, in epoch milliseconds. */
export function virtualOf(clock: VirtualClock, realMs: number): Instant {
  return Math.round(clock.virtualOrigin + (realMs - clock.realOrigin) * clock.scale);
}

/** The real instant, in epoch milliseconds, that an engine time stands for. */
export function realOf(clock: VirtualClock, virtualMs: Instant): number {
  return Math.ceil(clock.realOrigin + (virtualMs - clock.virtualOrigin) / clock.scale);
}

/**
 * The real length of a timer, in milliseconds. It is rounded up and never zero, so that the timer
 * does not fire before the instant it stands for.
 */
export function realDurationOf(clock: VirtualClock, virtualMs: number): number {
  return Math.max(1, Math.ceil(virtualMs / clock.scale));
}

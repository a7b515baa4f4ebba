/** Milliseconds since the Unix epoch, in the time the engine lives in: virtual where a clock is set. */
export type Instant = number;

/**
 * The one clock of a test workspace. Stored and compared instants are virtual; only timer lengths are divided by `scale`.
 * Without a clock virtual time is real time.
 */
export type VirtualClock = Readonly<{ realOrigin: number; virtualOrigin: number; scale: number }>;

export const realTime: VirtualClock = { realOrigin: 0, virtualOrigin: 0, scale: 1 };

export function virtualOf(clock: VirtualClock, realMs: number): Instant {
  return Math.round(clock.virtualOrigin + (realMs - clock.realOrigin) * clock.scale);
}

export function realOf(clock: VirtualClock, virtualMs: Instant): number {
  return Math.ceil(clock.realOrigin + (virtualMs - clock.virtualOrigin) / clock.scale);
}

/** Rounded up and never zero, so that a timer does not fire before the instant it stands for. */
export function realDurationOf(clock: VirtualClock, virtualMs: number): number {
  return Math.max(1, Math.ceil(virtualMs / clock.scale));
}

import { join } from 'node:path';
import { z } from 'zod';
import { realTime, type VirtualClock } from '../../src/core/time/clock';
import { DomainError } from '../../src/core/domain-error';
import { readJson, writeJson } from './json-file';

export type ClockWishes = Readonly<{
  stateDir: string;
  timeScale: number | undefined;
  /** The virtual instant of the first start; without it the real one. */
  virtualOrigin: number | undefined;
  now: number;
}>;

const kept = z
  .object({ realOrigin: z.number(), virtualOrigin: z.number(), scale: z.number() })
  .optional();

/**
 * The one clock of a state folder: made at its first start and kept, since timers that wait there
 * were set by it. Throws DomainError `conflict` when another scale is wished.
 */
export function settleClock({
  stateDir,
  timeScale,
  virtualOrigin,
  now,
}: ClockWishes): VirtualClock {
  const path = join(stateDir, 'clock.json');
  const known = kept.parse(readJson(path));
  if (known && timeScale !== undefined && timeScale !== known.scale) {
    throw new DomainError(
      'conflict',
      `${stateDir} runs at time scale ${known.scale}, not ${timeScale}. Leave the scale out, or choose another folder with --state.`,
    );
  }
  if (known) return known;
  const isReal = timeScale === undefined && virtualOrigin === undefined;
  const clock = isReal
    ? realTime
    : { realOrigin: now, virtualOrigin: virtualOrigin ?? now, scale: timeScale ?? 1 };
  writeJson(path, clock);
  return clock;
}

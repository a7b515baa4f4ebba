import type { Clock } from '../../../core/time/clock';
import type { Completion } from './command';

/** Longer than a request may last that has read the contact before, in real milliseconds. */
const graceMs = 30_000;

/** A command given now is looked over once more at this time. The time is in real milliseconds. */
export function lookAgainAt(clock: Clock): number {
  return clock.realNow() + graceMs;
}

/**
 * Keeps a command until it has been looked over once more. The requests of its time are stored
 * then.
 */
export function untilLookedOver(
  clock: Clock,
  command: Readonly<{ lookAgainAt: number }>,
): Completion {
  return clock.realNow() >= command.lookAgainAt
    ? { isDone: true }
    : { isDone: false, againAt: command.lookAgainAt };
}
